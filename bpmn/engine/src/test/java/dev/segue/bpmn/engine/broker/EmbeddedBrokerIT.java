package dev.segue.bpmn.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StepWorker;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker's life: crashes, locks, ports, and its parent's death. */
final class EmbeddedBrokerIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path DISTRIBUTION = Path.of(System.getProperty("segue.zeebe.home"));
  private static final Resource DIAGRAM =
      Resource.of(
          "work.bpmn",
          Bpmn.convertToString(
              Bpmn.createExecutableProcess("work")
                  .startEvent()
                  .serviceTask("task", t -> t.zeebeJobType("task"))
                  .endEvent()
                  .done()));

  @TempDir private Path folder;

  @Test
  void aKilledBrokerIsStartedAgainAndNothingThatItAcknowledgedIsLost() throws Exception {
    List<BrokerState> states = new CopyOnWriteArrayList<>();
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(settings(), (state, detail) -> states.add(state));
        Engine engine = ZeebeEngine.connect(broker.engineSettings())) {
      long firstPid = broker.pid();
      engine.deploy(List.of(DIAGRAM));
      Set<Long> worked = ConcurrentHashMap.newKeySet();
      try (StepWorker worker =
          engine.serve(
              new JobSubscription(
                  "task", "kill", Duration.ofSeconds(10), 8, List.of(), Duration.ofMillis(100)),
              job -> {
                complete(engine, job.key());
                worked.add(job.processInstanceKey());
              })) {
        Set<Long> started = start(engine, 40);
        ProcessHandle.of(firstPid).orElseThrow().destroyForcibly();
        await("news of the end")
            .atMost(PATIENCE)
            .until(() -> states.contains(BrokerState.RESTARTING));
        await("the second start").atMost(PATIENCE).until(() -> broker.state() == BrokerState.READY);
        started.addAll(start(engine, 20));

        await("the work of all runs").atMost(PATIENCE).until(() -> worked.containsAll(started));
        assertThat(worker.isOpen()).isTrue();
      }
      assertThat(broker.pid()).isNotEqualTo(firstPid);
    }
    assertThat(states)
        .startsWith(BrokerState.STARTING)
        .containsSubsequence(
            BrokerState.READY,
            BrokerState.RESTARTING,
            BrokerState.READY,
            BrokerState.STOPPING,
            BrokerState.STOPPED);
  }

  private static void complete(Engine engine, long jobKey) {
    try {
      engine.complete(jobKey, "{}");
    } catch (EngineException gone) {
      // An attempt whose answer was lost in the crash may have completed it.
      assertThat(gone.kind())
          .isIn(EngineException.Kind.NOT_FOUND, EngineException.Kind.UNAVAILABLE);
      if (gone.kind() == EngineException.Kind.UNAVAILABLE) {
        throw gone;
      }
    }
  }

  private static Set<Long> start(Engine engine, int count) {
    Set<Long> started = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < count; i++) {
      started.add(engine.start(StartCommand.latest("work", "{}")).processInstanceKey());
    }
    return started;
  }

  @Test
  void aSecondBrokerOnTheFolderIsRefusedUntilTheFirstHasGone() throws Exception {
    EmbeddedBroker first = EmbeddedBroker.start(settings(), BrokerListener.NONE);
    try (Engine engine = ZeebeEngine.connect(first.engineSettings())) {
      engine.deploy(List.of(DIAGRAM));
      assertThatThrownBy(
              () ->
                  EmbeddedBroker.start(
                      settings(), BrokerListener.NONE, List.of(), Duration.ofSeconds(1)))
          .asInstanceOf(throwable(BrokerException.class))
          .returns(BrokerException.Reason.FOLDER_IN_USE, BrokerException::reason)
          .extracting(Throwable::getMessage)
          .asString()
          .contains(folder.toString(), "another home folder");
    }

    List<String> said = new CopyOnWriteArrayList<>();
    CompletableFuture<EmbeddedBroker> second =
        CompletableFuture.supplyAsync(() -> startUnchecked(said));
    await()
        .atMost(PATIENCE)
        .until(() -> said.stream().anyMatch(s -> s.contains("waiting for its end")));
    first.close();

    try (EmbeddedBroker broker = second.join();
        Engine engine = ZeebeEngine.connect(broker.engineSettings())) {
      assertThat(start(engine, 1)).hasSize(1);
    }
  }

  private EmbeddedBroker startUnchecked(List<String> said) {
    try {
      return EmbeddedBroker.start(settings(), (state, detail) -> said.add(detail));
    } catch (BrokerException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void theBrokerGoesWithItsKilledParentAndTheNextOneTakesOver() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerParent.class.getName(),
                DISTRIBUTION.toString(),
                folder.resolve("zeebe").toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = parent.inputReader()) {
      String pid = lines.lines().filter(line -> line.startsWith("pid ")).findFirst().orElseThrow();
      ProcessHandle broker =
          ProcessHandle.of(Long.parseLong(pid.substring("pid ".length()))).orElseThrow();
      parent.destroyForcibly().waitFor();

      try (EmbeddedBroker next = EmbeddedBroker.start(settings(), BrokerListener.NONE);
          Engine engine = ZeebeEngine.connect(next.engineSettings())) {
        assertThat(broker.isAlive()).isFalse();
        assertThat(start(engine, 1)).hasSize(1);
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aTakenGatewayPortIsNamedWithItsMend() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  EmbeddedBroker.start(
                      settings().withGatewayPort(other.getLocalPort()), BrokerListener.NONE))
          .asInstanceOf(throwable(BrokerException.class))
          .returns(BrokerException.Reason.PORT_TAKEN, BrokerException::reason)
          .extracting(Throwable::getMessage)
          .asString()
          .contains("port " + other.getLocalPort(), "stop that program");
    }
  }

  @Test
  void whatCannotStartSaysWhyAndLeavesNothingRunning() throws Exception {
    List<BrokerState> states = new CopyOnWriteArrayList<>();
    BrokerSettings noSuchJar =
        settings()
            .withExporter(
                new BrokerExporter(
                    "history",
                    "no.such.Exporter",
                    folder.resolve("missing.jar"),
                    Map.of(),
                    Map.of()));
    assertThatThrownBy(() -> EmbeddedBroker.start(noSuchJar, (state, detail) -> states.add(state)))
        .asInstanceOf(throwable(BrokerException.class))
        .returns(BrokerException.Reason.START_FAILED, BrokerException::reason)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("missing.jar");
    assertThat(states).endsWith(BrokerState.FAILED);

    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(
            () -> EmbeddedBroker.start(BrokerSettings.of(DISTRIBUTION, file), BrokerListener.NONE))
        .hasMessageContaining(file.toString());
    assertThatThrownBy(
            () -> EmbeddedBroker.start(BrokerSettings.of(folder, folder), BrokerListener.NONE))
        .hasMessageContaining("no Zeebe distribution");
  }

  private BrokerSettings settings() {
    return BrokerSettings.of(DISTRIBUTION, folder.resolve("zeebe")).withQuickStart();
  }
}
