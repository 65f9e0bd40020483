package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Job;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.broker.BrokerListener;
import dev.segue.bpmn.engine.broker.BrokerSettings;
import dev.segue.bpmn.engine.broker.EmbeddedBroker;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Steps of the recorder plugin on the real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class StepsOnZeebeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Path temp;
  private Database database;
  private EmbeddedBroker broker;
  private Engine engine;
  private StepsFixture server;

  /** What the runs' last task got to see, by run. */
  private final Map<Long, Job> ended = new ConcurrentHashMap<>();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    temp = folder;
    database = Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults());
    broker =
        EmbeddedBroker.start(
            BrokerSettings.of(
                    Path.of(System.getProperty("segue.zeebe.home")), folder.resolve("zeebe"))
                .withQuickStart(),
            BrokerListener.NONE);
    engine = ZeebeEngine.connect(broker.engineSettings());
    server =
        new StepsFixture(folder.resolve("server"), engine, database, StepsFixture.QUICK).start();
    engine.serve(
        new JobSubscription(
            "the-end", "test", Duration.ofMinutes(1), 32, List.of(), Duration.ofMillis(200)),
        job -> {
          ended.put(job.processInstanceKey(), job);
          engine.complete(job.key(), "{}");
        });
    engine.deploy(List.of(Resource.of("steps.bpmn", DIAGRAM)));
  }

  @AfterAll
  void stop() {
    server.close();
    engine.close();
    broker.close();
    database.close();
  }

  @Test
  void stepsOfEachEffectRunInTheirOrder() {
    Path file = temp.resolve("order");
    long run = start("{\"file\":\"%s\",\"text\":\"hello\"}".formatted(file));

    Job end = awaitEnd(run);
    assertThat(end.elementId()).isEqualTo("reached_end");
    assertThat(end.variablesJson())
        .contains("\"noted\":{\"text\":\"hello\",\"attempts\":1}")
        .contains("\"sentText\":\"HELLO\"");
    assertThat(StepsFixture.effects(file)).hasSize(2);
  }

  @Test
  void anErrorOfTheStepTakesTheDiagramsPath() {
    Path file = temp.resolve("error");
    long run = start("{\"file\":\"%s\",\"text\":\"hello\",\"code\":\"OVEN_COLD\"}".formatted(file));

    Job end = awaitEnd(run);
    assertThat(end.elementId()).isEqualTo("reached_error");
    JsonNode error = Json.parse(end.variablesJson()).path("stepError");
    assertThat(error.path("code").asString()).isEqualTo("OVEN_COLD");
    assertThat(error.path("message").asString()).isNotBlank();
  }

  @Test
  void faultsAreRetriedWithTheDiagramsPause() {
    Path file = temp.resolve("faults");
    long run = start("{\"file\":\"%s\",\"text\":\"hello\",\"failures\":2}".formatted(file));

    assertThat(awaitEnd(run).variablesJson())
        .contains("\"noted\":{\"text\":\"hello\",\"attempts\":3}");
  }

  @Test
  void aCancelledRunInterruptsItsStep() {
    Path file = temp.resolve("cancelled");
    long run = start("{\"file\":\"%s\",\"text\":\"hello\",\"pause\":\"PT10M\"}".formatted(file));
    Path attempts = Path.of(file + ".attempts");
    await().atMost(PATIENCE).until(() -> StepsFixture.effects(attempts).size() == 1);

    engine.cancel(run);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(server.dispatcher.activeJobs()).isZero());
    assertThat(StepsFixture.effects(file)).isEmpty();
  }

  @Test
  void manyRunsAtATimeRunEachStepOnce() {
    Path file = temp.resolve("many");
    List<Long> runs =
        IntStream.range(0, 40)
            .mapToObj(i -> start("{\"file\":\"%s\",\"text\":\"n%d\"}".formatted(file, i)))
            .toList();

    runs.forEach(this::awaitEnd);
    assertThat(StepsFixture.effects(file)).hasSize(80).doesNotHaveDuplicates();
  }

  private long start(String variables) {
    return engine.start(StartCommand.latest("steps", variables)).processInstanceKey();
  }

  private Job awaitEnd(long run) {
    return await().atMost(PATIENCE).until(() -> ended.get(run), job -> job != null);
  }

  private static final String DIAGRAM =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="test">
        <bpmn:error id="cold" errorCode="OVEN_COLD" />
        <bpmn:process id="steps" isExecutable="true">
          <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
          <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="read" />
          <bpmn:serviceTask id="read" name="Read">
            <bpmn:extensionElements>
              <zeebe:taskDefinition type="recorder:read:1" />
              <zeebe:ioMapping><zeebe:input source="= text" target="value" /></zeebe:ioMapping>
              <zeebe:taskHeaders><zeebe:header key="resultVariable" value="seen" /></zeebe:taskHeaders>
            </bpmn:extensionElements>
            <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="f2" sourceRef="read" targetRef="note" />
          <bpmn:serviceTask id="note" name="Note">
            <bpmn:extensionElements>
              <zeebe:taskDefinition type="recorder:note:1" retries="4" />
              <zeebe:ioMapping>
                <zeebe:input source="= file" target="file" />
                <zeebe:input source="= seen.value" target="text" />
                <zeebe:input source="= if failures = null then 0 else failures" target="failTimes" />
                <zeebe:input source="= if pause = null then &quot;PT0S&quot; else pause" target="sleepBefore" />
              </zeebe:ioMapping>
              <zeebe:taskHeaders>
                <zeebe:header key="resultVariable" value="noted" />
                <zeebe:header key="retryBackoff" value="PT0.1S" />
              </zeebe:taskHeaders>
            </bpmn:extensionElements>
            <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="f3" sourceRef="note" targetRef="send" />
          <bpmn:serviceTask id="send" name="Send">
            <bpmn:extensionElements>
              <zeebe:taskDefinition type="recorder:send:1" />
              <zeebe:ioMapping>
                <zeebe:input source="= file" target="file" />
                <zeebe:input source="= text" target="text" />
                <zeebe:input source="= code" target="errorCode" />
              </zeebe:ioMapping>
              <zeebe:taskHeaders>
                <zeebe:header key="resultExpression" value="= {sentText: upper case(text)}" />
              </zeebe:taskHeaders>
            </bpmn:extensionElements>
            <bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing>
          </bpmn:serviceTask>
          <bpmn:boundaryEvent id="on_cold" attachedToRef="send">
            <bpmn:extensionElements>
              <zeebe:ioMapping><zeebe:output source="= stepError" target="stepError" /></zeebe:ioMapping>
            </bpmn:extensionElements>
            <bpmn:outgoing>f5</bpmn:outgoing>
            <bpmn:errorEventDefinition id="cold_def" errorRef="cold" />
          </bpmn:boundaryEvent>
          <bpmn:sequenceFlow id="f5" sourceRef="on_cold" targetRef="reached_error" />
          <bpmn:serviceTask id="reached_error">
            <bpmn:extensionElements><zeebe:taskDefinition type="the-end" /></bpmn:extensionElements>
            <bpmn:incoming>f5</bpmn:incoming>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="f4" sourceRef="send" targetRef="reached_end" />
          <bpmn:serviceTask id="reached_end">
            <bpmn:extensionElements><zeebe:taskDefinition type="the-end" /></bpmn:extensionElements>
            <bpmn:incoming>f4</bpmn:incoming>
          </bpmn:serviceTask>
        </bpmn:process>
      </bpmn:definitions>
      """;
}
