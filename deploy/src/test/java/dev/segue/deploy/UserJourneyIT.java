package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a new user does, from the first start to an approved optimization, on the command line. */
class UserJourneyIT {

  private static final String WORKFLOW = "daily-optimization";
  private static final String SITE = "pizza-place";
  private static final long MOST_MEMORY = 1_600_000_000L;

  @TempDir private Path folder;

  @Test
  void fromTheFirstStartToAnApprovedOptimization() {
    Path home = folder.resolve("home");
    assertThat(Program.run(home, "status").code()).isEqualTo(1);

    try (RunningSegue segue = RunningSegue.start(home)) {
      JsonNode status = segue.json("status");
      assertThat(status.path("state").asString()).isEqualTo("ready");
      assertThat(status.path("url").asString()).isEqualTo(segue.api().url().toString());
      assertThat(segue.lines()).anyMatch(line -> line.contains("admin-password"));

      JsonNode approval = theOnlyApproval(segue);
      String run = approval.path("run").asString();
      JsonNode planned = segue.json("changes", "list", "--run", run);
      assertThat(planned).isNotEmpty();
      assertPending(segue, run);
      assertThat(segue.processes().residentBytes()).isLessThan(MOST_MEMORY);

      JsonNode decided =
          segue.json("approvals", "approve", approval.path("id").asString(), "--comment", "Go on");
      assertThat(decided.path("state").asString()).isIn("approved", "deciding", "completed");

      assertEnds(segue, run);
      assertThat(segue.json("approvals", "list", "--state", "open")).isEmpty();
      for (JsonNode set : planned) {
        assertApplied(segue.json("changes", "show", set.path("id").asString()));
      }
      assertTakesEffect(segue, run);
      assertSimulates(segue);

      segue.cli("down").ok();
      assertThat(segue.processes().all()).as(segue.processes().describe()).isEmpty();
      assertThat(segue.cli("status").code()).isEqualTo(1);
    }

    try (RunningSegue again = RunningSegue.start(home)) {
      JsonNode runs = again.json("runs", "list", "--workflow", WORKFLOW);
      assertThat(runs).hasSize(2);
      assertThat(runs).allMatch(run -> run.path("state").asString().equals("completed"));
    }
  }

  /** The same workflow in simulation: it plans for real and alters nothing. */
  private static void assertSimulates(RunningSegue segue) {
    List<JsonNode> before = effects(segue);

    JsonNode started =
        segue.json(
            "run",
            WORKFLOW,
            "--site",
            SITE,
            "--simulate",
            "--var",
            "posConnection=" + SITE + "-till");
    String run = started.path("id").asString();
    assertEnds(segue, run);

    assertThat(segue.api().run(run).path("mode").asString()).isEqualTo("simulated");
    JsonNode planned = segue.json("changes", "list", "--run", run);
    assertThat(planned).isNotEmpty();
    assertThat(planned).allMatch(set -> set.path("mode").asString().equals("simulated"));
    assertThat(effects(segue)).isEqualTo(before);
    assertThat(segue.json("approvals", "list", "--state", "open")).isEmpty();
  }

  private static List<JsonNode> effects(RunningSegue segue) {
    return List.of(segue.json("prices", "list", SITE), segue.json("promotions", "list", SITE));
  }

  private static JsonNode theOnlyApproval(RunningSegue segue) {
    patiently().untilAsserted(() -> assertThat(segue.json("approvals", "list")).hasSize(1));
    JsonNode approval = segue.json("approvals", "list").get(0);
    assertThat(approval.path("workflow").asString()).isEqualTo(WORKFLOW);
    assertThat(approval.path("state").asString()).isEqualTo("open");
    return approval;
  }

  private static void assertPending(RunningSegue segue, String run) {
    JsonNode runs = segue.json("runs", "list");
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).path("id").asString()).isEqualTo(run);
    assertThat(runs.get(0).path("workflow").asString()).isEqualTo(WORKFLOW);
    assertThat(runs.get(0).path("state").asString()).isEqualTo("active");
  }

  private static void assertEnds(RunningSegue segue, String run) {
    patiently()
        .untilAsserted(
            () -> {
              JsonNode found = segue.api().run(run);
              assertThat(found.path("state").asString())
                  .as(found.path("incidents").toPrettyString())
                  .isEqualTo("completed");
            });
    JsonNode shown = segue.json("runs", "show", run);
    assertThat(shown.path("state").asString()).isEqualTo("completed");
    assertThat(shown.path("timeline")).isNotEmpty();
  }

  private static void assertApplied(JsonNode set) {
    assertThat(set.path("state").asString()).as(set.toPrettyString()).isEqualTo("applied");
    assertThat(set.path("changes")).isNotEmpty();
  }

  /** Prices and promotions that the run decided on are now those of the site. */
  private static void assertTakesEffect(RunningSegue segue, String run) {
    String site = segue.api().run(run).path("site").asString();
    int effects =
        segue.json("prices", "list", site).size() + segue.json("promotions", "list", site).size();
    assertThat(effects).isPositive();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofSeconds(1));
  }
}
