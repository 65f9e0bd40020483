package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Whatever dies, each run ends rightly: no effect happens twice, and a doubt is put to a person.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {

  private static final String EVERY_LINE_ONCE = "write-down";
  private static final String[] NO_SAMPLE = {"--set", "sample=false"};

  @TempDir private static Path folder;
  private static Path home;
  private static RunningSegue segue;

  @BeforeAll
  static void start() throws IOException {
    home = folder.resolve("home");
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    Files.copy(
        Path.of(System.getProperty("segue.test.plugins"), "segue-plugin-recorder.zip"),
        plugins.resolve("recorder.zip"));
    segue = RunningSegue.start(home, NO_SAMPLE);
    for (String name : List.of("write-down", "send-once", "newsletter")) {
      segue.cli("deploy", Diagrams.file(name).toString()).ok();
    }
  }

  @AfterAll
  static void stop() {
    if (segue != null) {
      segue.close();
    }
  }

  @Test
  @Order(1)
  void theEngineDies() {
    Recordings lines = recordings("engine");
    String run = segue.api().start(EVERY_LINE_ONCE, writing(lines, Duration.ofSeconds(1)));
    patiently().untilAsserted(() -> assertThat(lines.texts()).isNotEmpty());

    segue.processes().broker().destroyForcibly();

    assertCompletes(run);
    assertThat(lines.texts()).containsExactly("first", "second", "third");
  }

  @Test
  @Order(2)
  void theDatabaseDies() {
    Recordings lines = recordings("database");
    String run = segue.api().start(EVERY_LINE_ONCE, writing(lines, Duration.ofSeconds(1)));
    patiently().untilAsserted(() -> assertThat(lines.texts()).isNotEmpty());

    segue.processes().postmaster().destroyForcibly();

    assertCompletes(run);
    assertThat(lines.texts()).containsExactly("first", "second", "third");
  }

  @Test
  @Order(3)
  void theServerDiesBetweenEffectsAndItsJournal() throws IOException {
    try (HesitantSmtp smtp = new HesitantSmtp()) {
      Recordings written = recordings("server-written");
      Recordings sent = recordings("server-sent");
      String letter = startNewsletter(smtp);
      patiently().untilAsserted(() -> assertThat(smtp.messages()).hasSize(1));
      String sending = segue.api().start("send-once", writing(sent, Duration.ofMinutes(4)));
      patiently().untilAsserted(() -> assertThat(sent.texts()).hasSize(1));
      String writing = segue.api().start(EVERY_LINE_ONCE, writing(written, Duration.ofSeconds(5)));
      patiently().untilAsserted(() -> assertThat(written.texts()).hasSize(1));

      ProcessHandle broker = segue.processes().broker();
      segue.kill();

      patiently().untilAsserted(() -> assertThat(broker.isAlive()).isFalse());
      smtp.confirm();
      segue = RunningSegue.start(home, NO_SAMPLE);

      assertThat(segue.processes().families())
          .as("one engine and one database, adopted or new:\n%s", segue.processes().describe())
          .isEqualTo(2);
      assertCompletes(writing);
      assertThat(written.texts()).containsExactly("first", "second", "third");
      settle(sending, "recorder:send:1");
      assertThat(sent.texts()).containsExactly("sent");
      settle(letter, "guest@example.com");
      assertThat(smtp.messages()).hasSize(1);
    }
  }

  @Test
  @Order(4)
  void aTerminatedServerStopsAllThatItStarted() {
    segue.terminate();

    patiently()
        .untilAsserted(
            () -> assertThat(segue.processes().all()).as(segue.processes().describe()).isEmpty());
  }

  /** One message to one guest, up to where the mail server has it and hasn't confirmed it. */
  private static String startNewsletter(HesitantSmtp smtp) {
    segue
        .api()
        .post(
            "/connections",
            Map.of(
                "name",
                "mail",
                "type",
                "notify:smtp",
                "fields",
                Map.of(
                    "host", "127.0.0.1",
                    "port", smtp.port(),
                    "tls", "NONE",
                    "from", "bakery@example.com")))
        .ok();
    String run =
        segue
            .api()
            .start(
                "newsletter",
                Map.of("account", "mail", "recipients", List.of("guest@example.com")));
    patiently().untilAsserted(() -> assertThat(segue.api().run(run).path("approvals")).hasSize(1));
    JsonNode approval = segue.api().run(run).path("approvals").get(0);
    segue.cli("approvals", "approve", approval.path("id").asString()).ok();
    return run;
  }

  /** Finds the one doubt of a run, which says what is in doubt, and says that it happened. */
  private static void settle(String run, String subject) {
    patiently()
        .untilAsserted(
            () -> {
              JsonNode found = segue.json("incidents", "list", "--run", run);
              assertThat(found).hasSize(1);
              JsonNode incident = found.get(0);
              assertThat(incident.path("inDoubt").asBoolean()).isTrue();
              assertThat(incident.path("message").asString()).contains(subject);
            });
    String incident = segue.json("incidents", "list", "--run", run).get(0).path("id").asString();
    segue
        .cli("incidents", "resolve", incident, "--action", "happened", "--reason", "asked them")
        .ok();
    assertCompletes(run);
  }

  private static void assertCompletes(String run) {
    patiently()
        .untilAsserted(
            () -> {
              JsonNode found = segue.api().run(run);
              assertThat(found.path("state").asString())
                  .as(found.toPrettyString())
                  .isEqualTo("completed");
            });
  }

  private static Recordings recordings(String name) {
    return new Recordings(folder.resolve(name + ".tsv"));
  }

  private static Map<String, Object> writing(Recordings lines, Duration linger) {
    return Map.of("file", lines.file().toString(), "linger", linger.toString());
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions();
  }
}
