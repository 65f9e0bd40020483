package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was applied can be taken back, by the same states and under the same word of a person. */
class UndoIT {

  private static final String WORKFLOW = "rename";

  @TempDir private static Path folder;
  private static RunningSegue segue;

  @BeforeAll
  static void start() throws IOException {
    Path home = folder.resolve("home");
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    Files.copy(
        Path.of(System.getProperty("segue.test.plugins"), "segue-plugin-recorder.zip"),
        plugins.resolve("recorder.zip"));
    segue = RunningSegue.start(home, "--set", "sample=false");
    segue.cli("deploy", Diagrams.file(WORKFLOW).toString()).ok();
  }

  @AfterAll
  static void stop() {
    if (segue != null) {
      segue.close();
    }
  }

  @Test
  void anOperatorTakesBackWhatARunDidOnceAnApproverAgrees() throws IOException {
    Path entries = entries("by-hand", Map.of("cheese", "brie", "wine", "red"));
    String applied = rename(entries, Map.of("cheese", "gouda", "wine", "white"), false);
    assertThat(read(entries)).isEqualTo(Map.of("cheese", "gouda", "wine", "white"));

    JsonNode undo = segue.json("changes", "undo", applied, "--reason", "The guests complain");

    String id = undo.path("id").asString();
    assertThat(undo.path("state").asString()).isEqualTo("planned");
    assertThat(undo.path("undoes").asString()).isEqualTo(applied);
    assertThat(titles(undo)).containsExactly("Set wine back to red", "Set cheese back to brie");
    assertThat(read(entries)).as("nothing is undone yet").containsEntry("cheese", "gouda");
    assertRefused(segue.cli("changes", "undo", applied), id);

    assertThat(segue.json("alarms", "list", "--open").toString()).contains("changes approve " + id);

    segue.cli("changes", "approve", id, "--comment", "Right").ok();
    assertThat(segue.json("alarms", "list", "--open").toString()).doesNotContain(id);

    patiently().untilAsserted(() -> assertThat(state(id)).isEqualTo("applied"));
    assertThat(read(entries)).isEqualTo(Map.of("cheese", "brie", "wine", "red"));
    assertThat(segue.json("changes", "show", applied).path("undoneBy").asString()).isEqualTo(id);
    assertThat(actions(applied)).contains("change-set.undo");
    assertThat(actions(id)).contains("change-set.approve");
    assertRefused(segue.cli("changes", "approve", id), "no decision");
  }

  @Test
  void whatWasRejectedIsNotTakenBackAndCanBeAskedForAgain() throws IOException {
    Path entries = entries("rejected", Map.of("soup", "leek"));
    String applied = rename(entries, Map.of("soup", "pea"), false);
    String first = segue.json("changes", "undo", applied).path("id").asString();

    assertThat(segue.cli("changes", "reject", first).code()).as("it needs a comment").isEqualTo(2);
    segue.cli("changes", "reject", first, "--comment", "Guests like it").ok();

    assertThat(state(first)).isEqualTo("rejected");
    assertThat(read(entries)).containsEntry("soup", "pea");
    String second = segue.json("changes", "undo", applied).path("id").asString();
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void anUndoThatNoLongerFitsChangesNothing() throws IOException {
    Path entries = entries("stale", Map.of("bread", "rye"));
    String applied = rename(entries, Map.of("bread", "spelt"), false);
    String undo = segue.json("changes", "undo", applied).path("id").asString();
    rename(entries, Map.of("bread", "oat"), false);

    segue.cli("changes", "approve", undo).ok();

    patiently().untilAsserted(() -> assertThat(state(undo)).isEqualTo("stale"));
    assertThat(read(entries)).containsEntry("bread", "oat");
  }

  @Test
  void theDecisionHoldsForTheListThatWasSeenAlone() throws IOException {
    Path entries = entries("unseen", Map.of("tea", "green"));
    String applied = rename(entries, Map.of("tea", "black"), false);
    String undo = segue.json("changes", "undo", applied).path("id").asString();

    Api.Answer answer =
        segue
            .api()
            .post(
                "/changes/" + undo + "/decision", Map.of("outcome", "approve", "hash", "another"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(state(undo)).isEqualTo("planned");
    Api.Answer ofRun =
        segue
            .api()
            .post(
                "/changes/" + applied + "/decision",
                Map.of(
                    "outcome",
                    "approve",
                    "hash",
                    segue.json("changes", "show", applied).path("hash").asString()));
    assertThat(ofRun.status()).isEqualTo(409);
    assertThat(ofRun.detail()).contains("approval");
  }

  @Test
  void aDiagramTakesItsOwnChangesBack() throws IOException {
    Path entries = entries("diagram", Map.of("fish", "cod"));

    String applied = rename(entries, Map.of("fish", "hake"), true);

    assertThat(read(entries)).containsEntry("fish", "cod");
    JsonNode shown = segue.json("changes", "show", applied);
    String undo = shown.path("undoneBy").asString();
    assertThat(state(undo)).isEqualTo("applied");
    assertThat(segue.json("changes", "show", undo).path("run").asString())
        .isEqualTo(shown.path("run").asString());
  }

  @Test
  void aKilledServerGoesOnWithAnApprovedUndo() throws IOException {
    Path entries = entries("killed", Map.of("rice", "wild"));
    String applied = rename(entries, Map.of("rice", "basmati"), false);
    String undo = segue.json("changes", "undo", applied).path("id").asString();
    Files.writeString(beside(entries, ".wait"), "60000");

    segue.cli("changes", "approve", undo).ok();
    patiently().untilAsserted(() -> assertThat(read(entries)).containsEntry("rice", "wild"));
    segue.kill();
    segue = RunningSegue.start(folder.resolve("home"), "--set", "sample=false");

    patiently().untilAsserted(() -> assertThat(state(undo)).isEqualTo("applied"));
    assertThat(Files.readAllLines(beside(entries, ".ledger")))
        .as("once there and once back")
        .hasSize(2);
  }

  /** Runs the workflow to its end, and returns the change set that it applied first. */
  private static String rename(Path entries, Map<String, String> to, boolean back) {
    String run =
        segue
            .api()
            .start(WORKFLOW, Map.of("file", entries.toString(), "entries", to, "back", back));
    patiently()
        .untilAsserted(
            () -> {
              JsonNode found = segue.api().run(run);
              assertThat(found.path("state").asString())
                  .as(found.path("incidents").toPrettyString())
                  .isEqualTo("completed");
            });
    return segue
        .json("changes", "list", "--run", run)
        .valueStream()
        .filter(set -> set.path("undoes").isMissingNode())
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private static String state(String changeSet) {
    return segue.api().get("/changes/" + changeSet).path("state").asString();
  }

  private static List<String> titles(JsonNode set) {
    return set.path("changes")
        .valueStream()
        .map(change -> change.path("title").asString())
        .toList();
  }

  private static List<String> actions(String changeSet) {
    return segue
        .api()
        .get("/audit?subjectKind=change-set&subjectId=" + changeSet)
        .path("items")
        .valueStream()
        .map(entry -> entry.path("action").asString())
        .toList();
  }

  private static void assertRefused(Exit exit, String words) {
    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.err()).contains(words).doesNotContain("Exception");
  }

  private static Path entries(String name, Map<String, String> values) throws IOException {
    Path file = folder.resolve(name + ".properties");
    Properties properties = new Properties();
    properties.putAll(values);
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }
}
