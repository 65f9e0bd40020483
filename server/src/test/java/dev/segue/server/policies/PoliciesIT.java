package dev.segue.server.policies;

import static dev.segue.server.policies.PoliciesFixture.automatic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.approvals.Approvals;
import dev.segue.server.approvals.UserTaskEngine;
import dev.segue.server.changes.ChangeSets;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.events.Outbox;
import dev.segue.server.policies.PoliciesFixture.Task;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Policies on a real database, by the API; of the engine there is what completes user tasks. */
class PoliciesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PoliciesFixture server = new PoliciesFixture();
  private final TestDoor door = server.door();
  private final ApiClient admin = server.admin();
  private final UserTaskEngine engine = server.engine();
  private final Outbox outbox = server.outbox();
  private final Approvals approvals = server.approvals();
  private final Policies policies = server.policies();

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void aListWithinTheLimitsIsApprovedAndTheTrailNamesTheLimit() {
    outbox.start();
    server.put("small-steps", automatic(Map.of("percentPerChange", 10, "changesPerDay", 5)));
    Task task = server.task("4.00", "4.20");

    approvals.userTaskCreated(task.key());

    await().atMost(PATIENCE).until(() -> server.state(task).equals("approved"));
    assertThat(engine.variables(task.key()).at("/approval/by").asString())
        .isEqualTo("policy:small-steps");
    JsonNode entry = audit("approval", Long.toString(task.key()));
    assertThat(entry.path("actor").asString()).isEqualTo("policy:small-steps");
    assertThat(entry.at("/detail/comment").asString())
        .isEqualTo(
            "Within policy small-steps, version 1: 1 of at most 5 changes today, 5 % of at most 10 % for a change.");
    assertThat(server.shown(task).at("/policy/outcome").asString()).isEqualTo("approved");
    assertThat(server.shown(task).at("/decisions/0/by").asString()).isEqualTo("policy:small-steps");
  }

  @Test
  void aListBeyondALimitWaitsForAPersonWithTheReason() {
    outbox.start();
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task task = server.task("4.00", "5.00");

    approvals.userTaskCreated(task.key());

    assertThat(engine.isOpen(task.key())).isTrue();
    assertThat(server.shown(task).path("state").asString()).isEqualTo("open");
    assertThat(server.shown(task).at("/policy/reason").asString())
        .isEqualTo(
            "Not automatic: change 1 alters a number by 25 %, the policy allows 10 % (policy small-steps, version 1).");
    server.decide(task, "approve").expect(200);
    await().atMost(PATIENCE).until(() -> server.state(task).equals("approved"));
  }

  @Test
  void anApprovalWhoseFormMustBeFilledInIsLeftToAPerson() {
    server.put("small-steps", automatic(Map.of("changesPerDay", 5)));
    Task task = server.task("4.00", "4.20");
    asks(
        task,
        """
        {"components": [
          {"type": "textarea", "key": "note"},
          {"type": "textfield", "key": "reason", "validate": {"required": true}}]}\
        """);

    approvals.userTaskCreated(task.key());

    assertThat(engine.isOpen(task.key())).isTrue();
    assertThat(server.shown(task).at("/policy/reason").asString())
        .isEqualTo("Not automatic: its form asks for reason.");
  }

  private void asks(Task task, String form) {
    door.database()
        .inTransaction(
            tx -> {
              tx.execute(
                  """
                  insert into segue.workflow (workflow_id, title, latest_version)
                  values ('w', 'W', 1)\
                  """);
              tx.execute(
                  """
                  insert into segue.workflow_version (workflow_id, version, package_hash,
                    process_definition_key, diagram, step_types, deployed_by)
                  values ('w', 1, '', 7, '', '{}', 'carl')\
                  """);
              tx.execute(
                  """
                  insert into segue.workflow_resource (workflow_id, version, name, kind,
                    resource_id, engine_key, content)
                  values ('w', 1, 'why.form', 'form', 'why', 77, ?)\
                  """,
                  (Object) form.getBytes(StandardCharsets.UTF_8));
              tx.execute(
                  "update history.user_task set form_key = 77 where user_task_key = ?", task.key());
            });
  }

  @Test
  void runsAtOnceCannotBothTakeWhatIsLeftOfADay() throws Exception {
    outbox.start();
    server.put("few", automatic(Map.of("changesPerDay", 2)));
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(server.task("4.00", "4.20"));
    }
    try (ExecutorService runs = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      tasks.forEach(task -> all.add(runs.submit(() -> approvals.userTaskCreated(task.key()))));
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(
            tasks.stream()
                .filter(task -> !server.shown(task).path("state").asString().equals("open")))
        .hasSize(2);
  }

  @Test
  void aServerThatDiesWithTheEnginesAnswerLeavesOneDecisionThatIsInForce() {
    server.put("small-steps", automatic(Map.of("changesPerDay", 1)));
    Task task = server.task("4.00", "4.20");
    engine.losesAnswer(task.key());

    approvals.userTaskCreated(task.key());
    approvals.userTaskCreated(task.key());
    completedInHistory(task);
    approvals.catchUp();

    outbox.start();
    await().atMost(PATIENCE).until(() -> server.state(task).equals("approved"));
    assertThat(
            door.database()
                .jooq()
                .fetchSingle("select count(*) from segue.decision")
                .get(0, Integer.class))
        .isOne();
  }

  @Test
  void whatCameUpWhileNobodyListenedIsCaughtUpOnAndOnlyOnce() {
    outbox.start();
    Task before = server.task("4.00", "4.20");
    approvals.catchUp();
    server.put("small-steps", automatic(Map.of("changesPerDay", 5)));
    Task after = server.task("4.00", "4.20");

    approvals.catchUp();

    await().atMost(PATIENCE).until(() -> server.state(after).equals("approved"));
    assertThat(server.state(before)).as("people may be reading it").isEqualTo("planned");
  }

  @Test
  void aSuggestionIsNeverApplied() {
    outbox.start();
    server.put("ideas", Map.of("workflow", "w", "changes", "*", "level", "suggest"));
    Task task = server.task("4.00", "4.20");
    approvals.userTaskCreated(task.key());

    assertThat(server.shown(task).at("/policy/outcome").asString()).isEqualTo("suggestion");
    assertThat(server.decide(task, "approve").problem(409, "conflict")).contains("only suggests");
    assertThat(server.state(task)).isEqualTo("planned");
    assertThat(refusal(task)).as("a diagram that asks nobody").isPresent();

    server.decide(task, "reject").expect(200);
    await().atMost(PATIENCE).until(() -> server.state(task).equals("rejected"));
  }

  @Test
  void aDiagramThatAsksNobodyIsRefusedIfAPolicyNamesItsChanges() {
    Task task = server.task("4.00", "4.20");
    server.put("all", Map.of("workflow", "w", "changes", "*", "level", "approve"));
    assertThat(refusal(task)).as("that would stop mails, too").isEmpty();

    for (String level : List.of("suggest", "approve", "automatic")) {
      Map<String, Object> content = new HashMap<>(automatic(Map.of("changesPerDay", 1)));
      content.put("level", level);
      server.put("prices", content);
      assertThat(refusal(task)).as(level).isPresent();
    }
    assertThat(refusal(task).orElseThrow()).contains("segue.approval", "policies remove prices");
    assertThat(refusal(undo(task))).as("what is taken back").isEmpty();
  }

  private Optional<String> refusal(Task task) {
    StoredChangeSet set = new ChangeSets().find(door.database().jooq(), task.set()).orElseThrow();
    return policies.refusal(door.database().jooq(), set);
  }

  @Test
  void takingBackIsAPersonsMatterWhateverThePolicy() {
    outbox.start();
    server.put("ideas", Map.of("workflow", "w", "changes", "*", "level", "suggest"));
    Task undo = undo(server.task("4.00", "4.20"));
    approvals.userTaskCreated(undo.key());
    server.decide(undo, "approve").expect(200);
    await().atMost(PATIENCE).until(() -> server.state(undo).equals("approved"));

    server.put("ideas", automatic(Map.of("changesPerDay", 1)));
    Task another = undo(server.task("4.00", "4.20"));
    approvals.userTaskCreated(another.key());
    assertThat(server.shown(another).path("state").asString()).isEqualTo("open");
  }

  @Test
  void whatWasUndoneCountsAgainstThePolicyThatApprovedIt() {
    outbox.start();
    Map<String, Object> content = new HashMap<>(automatic(Map.of("changesPerDay", 9)));
    content.put("fallback", Map.of("decisions", 2, "approvalRate", 0.6));
    server.put("small-steps", content);
    for (int i = 0; i < 2; i++) {
      Task done = server.task("4.00", "4.20");
      approvals.userTaskCreated(done.key());
      await().atMost(PATIENCE).until(() -> server.state(done).equals("approved"));
      Task undo = undo(done);
      server.decide(undo, "approve").expect(200);
      await().atMost(PATIENCE).until(() -> server.state(undo).equals("approved"));
    }

    policies.reconsider();

    assertThat(admin.get("/policies/small-steps").expect(200).path("level").asString())
        .isEqualTo("approve");
  }

  /** A run that waits for an approval of taking back what another did. */
  private Task undo(Task done) {
    Task undo = server.task("4.20", "4.00");
    door.database()
        .jooq()
        .execute("update segue.change_set set undoes = ? where set_id = ?", done.set(), undo.set());
    return undo;
  }

  @Test
  void aPauseLeavesEverythingToPeople() {
    outbox.start();
    server.put("small-steps", automatic(Map.of("changesPerDay", 5)));
    admin.patch("/policies/small-steps", Map.of("paused", true, "reason", "feast")).expect(200);
    Task one = server.task("4.00", "4.20");
    approvals.userTaskCreated(one.key());
    assertThat(server.shown(one).at("/policy/reason").asString()).contains("is paused by admin");

    admin.patch("/policies/small-steps", Map.of("paused", false)).expect(200);
    admin.patch("/policy-switch", Map.of("paused", true)).expect(200);
    Task two = server.task("4.00", "4.20");
    approvals.userTaskCreated(two.key());
    assertThat(server.shown(two).at("/policy/reason").asString())
        .contains("all policies are paused");

    admin.patch("/policy-switch", Map.of("paused", false)).expect(200);
    Task three = server.task("4.00", "4.20");
    approvals.userTaskCreated(three.key());
    await().atMost(PATIENCE).until(() -> server.state(three).equals("approved"));
  }

  @Test
  void aPolicyFallsWhenPeopleReject() {
    outbox.start();
    Map<String, Object> content = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    content.put("fallback", Map.of("decisions", 3, "approvalRate", 0.6));
    server.put("small-steps", content);
    for (String outcome : List.of("approve", "reject", "reject")) {
      Task task = server.task("4.00", "8.00");
      approvals.userTaskCreated(task.key());
      server.decide(task, outcome).expect(200);
      await().atMost(PATIENCE).until(() -> !server.state(task).equals("planned"));
    }

    Task next = server.task("4.00", "4.20");
    approvals.userTaskCreated(next.key());

    assertThat(server.state(next)).isEqualTo("planned");
    JsonNode policy = admin.get("/policies/small-steps").expect(200);
    assertThat(policy.path("level").asString()).isEqualTo("approve");
    assertThat(policy.path("fellBecause").asString())
        .contains("Of 3 decisions")
        .contains("1 were approvals that held");
    assertThat(audit("policy", "small-steps").path("action").asString()).isEqualTo("policy.fall");
    assertThat(alarms()).containsExactly("small-steps");

    policies.reconsider();
    assertThat(admin.get("/policies/small-steps").expect(200).path("level").asString())
        .as("the same evidence counts once")
        .isEqualTo("approve");
    server.put("small-steps", content);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void aPolicyFallsWhenTheMeasuredEffectDrops() {
    Map<String, Object> content = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    content.put(
        "fallback",
        Map.of("effect", Map.of("variable", "measured.ratio", "atLeast", 1, "runs", 2)));
    server.put("small-steps", content);
    server.ended(server.task("4.00", "4.20"), "0.9");
    policies.reconsider();
    assertThat(admin.get("/policies/small-steps").expect(200).path("level").asString())
        .isEqualTo("automatic");

    server.ended(server.task("4.00", "4.20"), "1.05");
    policies.reconsider();

    JsonNode policy = admin.get("/policies/small-steps").expect(200);
    assertThat(policy.path("level").asString()).isEqualTo("approve");
    assertThat(policy.path("fellBecause").asString()).contains("is 0.975");
  }

  @Test
  void aPreviewSaysWhatWouldHaveBeenApprovedAndSavesNothing() {
    server.task("4.00", "4.20");
    server.task("4.00", "8.00");
    JsonNode preview =
        admin
            .post("/policy-preview", Map.of("policy", automatic(Map.of("percentPerChange", 10))))
            .expect(200);
    assertThat(preview.path("automatic").asInt()).isOne();
    assertThat(preview.path("items").valueStream().map(item -> item.path("automatic").asBoolean()))
        .containsExactly(true, false);
    assertThat(admin.get("/policies").expect(200).path("items")).isEmpty();
  }

  @Test
  void aPreviewForAllLeavesOutWhatAnotherPolicyNames() {
    server.task("4.00", "4.20");
    Map<String, Object> all = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    all.put("changes", "*");
    assertThat(preview(all)).hasSize(1);

    server.put("prices", automatic(Map.of("changesPerDay", 1)));

    assertThat(preview(all)).isEmpty();
    assertThat(preview(automatic(Map.of("percentPerChange", 10)))).hasSize(1);
  }

  private JsonNode preview(Map<String, Object> policy) {
    return admin.post("/policy-preview", Map.of("policy", policy)).expect(200).path("items");
  }

  @Test
  void policiesThatMakeNoSenseAreRefusedWithTheField() {
    assertThat(refused(automatic(Map.of()))).contains("needs a limit");
    assertThat(refused(automatic(Map.of("amountPerDay", 5)))).contains("limits.currency");
    assertThat(refused(automatic(Map.of("currency", "XQQ", "amountPerDay", 5))))
        .contains("no currency XQQ");
    Map<String, Object> window = new HashMap<>(automatic(Map.of("changesPerDay", 1)));
    window.put("fallback", Map.of("window", "a month"));
    assertThat(refused(window)).contains("fallback.window");
    assertThat(refused(Map.of("workflow", "gone", "changes", "*", "level", "approve")))
        .contains("There is no workflow gone");
    server.put("one", automatic(Map.of("changesPerDay", 1)));
    assertThat(admin.put("/policies/two", automatic(Map.of("changesPerDay", 1))).status())
        .isEqualTo(409);
    assertThat(admin.get("/policies").expect(200).path("items")).hasSize(1);
  }

  private String refused(Map<String, Object> content) {
    return admin.put("/policies/wrong", content).problem(422, "invalid");
  }

  private JsonNode audit(String kind, String subject) {
    return admin
        .get("/audit?subjectKind=" + kind + "&subjectId=" + subject)
        .expect(200)
        .at("/items/0");
  }

  private List<String> alarms() {
    return door.database()
        .jooq()
        .fetch("select subject from segue.alarm where kind = 'policy-fell' and cleared_at is null")
        .getValues(0, String.class);
  }

  /** What the projection makes of the engine's own record. */
  private void completedInHistory(Task task) {
    await().atMost(PATIENCE).until(() -> !engine.isOpen(task.key()));
    door.database()
        .jooq()
        .execute(
            """
            update history.user_task
            set state = 'completed', completed_action = ?, ended_at = clock_timestamp()
            where user_task_key = ?\
            """,
            engine.action(task.key()),
            task.key());
  }
}
