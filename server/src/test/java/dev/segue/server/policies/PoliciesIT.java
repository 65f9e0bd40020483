package dev.segue.server.policies;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.history.Tables.VARIABLE;
import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.runtime.changes.ContentHash;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.server.approvals.Approvals;
import dev.segue.server.approvals.UserTaskEngine;
import dev.segue.server.changes.ChangeSets;
import dev.segue.server.changes.Changes;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.people.People;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Policies on a real database, by the API; of the engine there is what completes user tasks. */
class PoliciesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong keys = new AtomicLong(1_000);
  private final UserTaskEngine engine = new UserTaskEngine();
  private final EventBus events = new EventBus();
  private final PluginCalls calls = new PluginCalls();
  private TestDoor door;
  private ApiClient admin;
  private Outbox outbox;
  private Approvals approvals;
  private Policies policies;

  @BeforeEach
  void open() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
  }

  @AfterEach
  void close() throws Exception {
    outbox.close();
    events.close();
    calls.close();
    door.close();
  }

  @Test
  void aListWithinTheLimitsIsApprovedAndTheTrailNamesTheLimit() {
    outbox.start();
    put("small-steps", automatic(Map.of("percentPerChange", 10, "changesPerDay", 5)));
    Task task = task("4.00", "4.20");

    approvals.userTaskCreated(task.key);

    await().atMost(PATIENCE).until(() -> state(task).equals("approved"));
    assertThat(engine.variables(task.key).at("/approval/by").asString())
        .isEqualTo("policy:small-steps");
    JsonNode entry = audit("approval", Long.toString(task.key));
    assertThat(entry.path("actor").asString()).isEqualTo("policy:small-steps");
    assertThat(entry.at("/detail/comment").asString())
        .isEqualTo(
            "Within policy small-steps, version 1: 1 of at most 5 changes today, 5 % of at most 10 % for a change.");
    assertThat(shown(task).at("/policy/outcome").asString()).isEqualTo("approved");
    assertThat(shown(task).at("/decisions/0/by").asString()).isEqualTo("policy:small-steps");
  }

  @Test
  void aListBeyondALimitWaitsForAPersonWithTheReason() {
    outbox.start();
    put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task task = task("4.00", "5.00");

    approvals.userTaskCreated(task.key);

    assertThat(engine.isOpen(task.key)).isTrue();
    assertThat(shown(task).path("state").asString()).isEqualTo("open");
    assertThat(shown(task).at("/policy/reason").asString())
        .isEqualTo(
            "Not automatic: change 1 alters a number by 25 %, the policy allows 10 % (policy small-steps, version 1).");
    decide(task, "approve").expect(200);
    await().atMost(PATIENCE).until(() -> state(task).equals("approved"));
  }

  @Test
  void anApprovalWhoseFormMustBeFilledInIsLeftToAPerson() {
    put("small-steps", automatic(Map.of("changesPerDay", 5)));
    Task task = task("4.00", "4.20");
    asks(
        task,
        """
        {"components": [
          {"type": "textarea", "key": "note"},
          {"type": "textfield", "key": "reason", "validate": {"required": true}}]}\
        """);

    approvals.userTaskCreated(task.key);

    assertThat(engine.isOpen(task.key)).isTrue();
    assertThat(shown(task).at("/policy/reason").asString())
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
                  "update history.user_task set form_key = 77 where user_task_key = ?", task.key);
            });
  }

  @Test
  void runsAtOnceCannotBothTakeWhatIsLeftOfADay() throws Exception {
    outbox.start();
    put("few", automatic(Map.of("changesPerDay", 2)));
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(task("4.00", "4.20"));
    }
    try (ExecutorService runs = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      tasks.forEach(task -> all.add(runs.submit(() -> approvals.userTaskCreated(task.key))));
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(tasks.stream().filter(task -> !shown(task).path("state").asString().equals("open")))
        .hasSize(2);
  }

  @Test
  void aServerThatDiesWithTheEnginesAnswerLeavesOneDecisionThatIsInForce() {
    put("small-steps", automatic(Map.of("changesPerDay", 1)));
    Task task = task("4.00", "4.20");
    engine.losesAnswer(task.key);

    approvals.userTaskCreated(task.key);
    approvals.userTaskCreated(task.key);
    completedInHistory(task);
    approvals.catchUp();

    outbox.start();
    await().atMost(PATIENCE).until(() -> state(task).equals("approved"));
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
    Task before = task("4.00", "4.20");
    approvals.catchUp();
    put("small-steps", automatic(Map.of("changesPerDay", 5)));
    Task after = task("4.00", "4.20");

    approvals.catchUp();

    await().atMost(PATIENCE).until(() -> state(after).equals("approved"));
    assertThat(state(before)).as("people may be reading it").isEqualTo("planned");
  }

  @Test
  void aSuggestionIsNeverApplied() {
    outbox.start();
    put("ideas", Map.of("workflow", "w", "changes", "*", "level", "suggest"));
    Task task = task("4.00", "4.20");
    approvals.userTaskCreated(task.key);

    assertThat(shown(task).at("/policy/outcome").asString()).isEqualTo("suggestion");
    assertThat(decide(task, "approve").problem(409, "conflict")).contains("only suggests");
    assertThat(state(task)).isEqualTo("planned");
    assertThat(refusal(task)).as("a diagram that asks nobody").isPresent();

    decide(task, "reject").expect(200);
    await().atMost(PATIENCE).until(() -> state(task).equals("rejected"));
  }

  @Test
  void aDiagramThatAsksNobodyIsRefusedIfAPolicyNamesItsChanges() {
    Task task = task("4.00", "4.20");
    put("all", Map.of("workflow", "w", "changes", "*", "level", "approve"));
    assertThat(refusal(task)).as("that would stop mails, too").isEmpty();

    for (String level : List.of("suggest", "approve", "automatic")) {
      Map<String, Object> content = new HashMap<>(automatic(Map.of("changesPerDay", 1)));
      content.put("level", level);
      put("prices", content);
      assertThat(refusal(task)).as(level).isPresent();
    }
    assertThat(refusal(task).orElseThrow()).contains("segue.approval", "policies remove prices");
    assertThat(refusal(undo(task))).as("what is taken back").isEmpty();
  }

  private Optional<String> refusal(Task task) {
    StoredChangeSet set = new ChangeSets().find(door.database().jooq(), task.set).orElseThrow();
    return policies.refusal(door.database().jooq(), set);
  }

  @Test
  void takingBackIsAPersonsMatterWhateverThePolicy() {
    outbox.start();
    put("ideas", Map.of("workflow", "w", "changes", "*", "level", "suggest"));
    Task undo = undo(task("4.00", "4.20"));
    approvals.userTaskCreated(undo.key);
    decide(undo, "approve").expect(200);
    await().atMost(PATIENCE).until(() -> state(undo).equals("approved"));

    put("ideas", automatic(Map.of("changesPerDay", 1)));
    Task another = undo(task("4.00", "4.20"));
    approvals.userTaskCreated(another.key);
    assertThat(shown(another).path("state").asString()).isEqualTo("open");
  }

  @Test
  void whatWasUndoneCountsAgainstThePolicyThatApprovedIt() {
    outbox.start();
    Map<String, Object> content = new HashMap<>(automatic(Map.of("changesPerDay", 9)));
    content.put("fallback", Map.of("decisions", 2, "approvalRate", 0.6));
    put("small-steps", content);
    for (int i = 0; i < 2; i++) {
      Task done = task("4.00", "4.20");
      approvals.userTaskCreated(done.key);
      await().atMost(PATIENCE).until(() -> state(done).equals("approved"));
      Task undo = undo(done);
      decide(undo, "approve").expect(200);
      await().atMost(PATIENCE).until(() -> state(undo).equals("approved"));
    }

    policies.reconsider();

    assertThat(admin.get("/policies/small-steps").expect(200).path("level").asString())
        .isEqualTo("approve");
  }

  /** A run that waits for an approval of taking back what another did. */
  private Task undo(Task done) {
    Task undo = task("4.20", "4.00");
    door.database()
        .jooq()
        .execute("update segue.change_set set undoes = ? where set_id = ?", done.set, undo.set);
    return undo;
  }

  @Test
  void aPauseLeavesEverythingToPeople() {
    outbox.start();
    put("small-steps", automatic(Map.of("changesPerDay", 5)));
    admin.patch("/policies/small-steps", Map.of("paused", true, "reason", "feast")).expect(200);
    Task one = task("4.00", "4.20");
    approvals.userTaskCreated(one.key);
    assertThat(shown(one).at("/policy/reason").asString()).contains("is paused by admin");

    admin.patch("/policies/small-steps", Map.of("paused", false)).expect(200);
    admin.patch("/policy-switch", Map.of("paused", true)).expect(200);
    Task two = task("4.00", "4.20");
    approvals.userTaskCreated(two.key);
    assertThat(shown(two).at("/policy/reason").asString()).contains("all policies are paused");

    admin.patch("/policy-switch", Map.of("paused", false)).expect(200);
    Task three = task("4.00", "4.20");
    approvals.userTaskCreated(three.key);
    await().atMost(PATIENCE).until(() -> state(three).equals("approved"));
  }

  @Test
  void aPolicyFallsWhenPeopleReject() {
    outbox.start();
    Map<String, Object> content = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    content.put("fallback", Map.of("decisions", 3, "approvalRate", 0.6));
    put("small-steps", content);
    for (String outcome : List.of("approve", "reject", "reject")) {
      Task task = task("4.00", "8.00");
      approvals.userTaskCreated(task.key);
      decide(task, outcome).expect(200);
      await().atMost(PATIENCE).until(() -> !state(task).equals("planned"));
    }

    Task next = task("4.00", "4.20");
    approvals.userTaskCreated(next.key);

    assertThat(state(next)).isEqualTo("planned");
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
    put("small-steps", content);
    assertThat(alarms()).isEmpty();
  }

  @Test
  void aPolicyFallsWhenTheMeasuredEffectDrops() {
    Map<String, Object> content = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    content.put(
        "fallback",
        Map.of("effect", Map.of("variable", "measured.ratio", "atLeast", 1, "runs", 2)));
    put("small-steps", content);
    ended(task("4.00", "4.20"), "0.9");
    policies.reconsider();
    assertThat(admin.get("/policies/small-steps").expect(200).path("level").asString())
        .isEqualTo("automatic");

    ended(task("4.00", "4.20"), "1.05");
    policies.reconsider();

    JsonNode policy = admin.get("/policies/small-steps").expect(200);
    assertThat(policy.path("level").asString()).isEqualTo("approve");
    assertThat(policy.path("fellBecause").asString()).contains("is 0.975");
  }

  @Test
  void aPreviewSaysWhatWouldHaveBeenApprovedAndSavesNothing() {
    task("4.00", "4.20");
    task("4.00", "8.00");
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
    task("4.00", "4.20");
    Map<String, Object> all = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    all.put("changes", "*");
    assertThat(preview(all)).hasSize(1);

    put("prices", automatic(Map.of("changesPerDay", 1)));

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
    put("one", automatic(Map.of("changesPerDay", 1)));
    assertThat(admin.put("/policies/two", automatic(Map.of("changesPerDay", 1))).status())
        .isEqualTo(409);
    assertThat(admin.get("/policies").expect(200).path("items")).hasSize(1);
  }

  private String refused(Map<String, Object> content) {
    return admin.put("/policies/wrong", content).problem(422, "invalid");
  }

  private static Map<String, Object> automatic(Map<String, Object> limits) {
    return Map.of(
        "workflow", "w", "changes", "menu:prices", "level", "automatic", "limits", limits);
  }

  private void put(String id, Map<String, Object> content) {
    Optional<String> version = admin.get("/policies/" + id).header("ETag");
    ApiClient client = version.map(tag -> admin.with("If-Match", tag)).orElse(admin);
    assertThat(client.put("/policies/" + id, content).status()).isLessThan(300);
  }

  private ApiClient.Answer decide(Task task, String outcome) {
    return admin.post(
        "/approvals/" + task.key + "/decision", Map.of("outcome", outcome, "comment", "so be it"));
  }

  private JsonNode shown(Task task) {
    return admin.get("/approvals/" + task.key).expect(200);
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

  private String state(Task task) {
    return door.database()
        .jooq()
        .fetchSingle("select state from segue.change_set where set_id = ?", task.set)
        .get(0, String.class);
  }

  private List<Operation> operations(Database database, People people) {
    outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    policies =
        new Policies(
            new Policies.Ground(
                database,
                new OneWorkflow(),
                site -> Optional.empty(),
                people.audit(),
                Clock.systemUTC()),
            new ChangeSets());
    Changes changes =
        new Changes(
            database,
            UUID.randomUUID(),
            new StepInvoker(calls, Clock.systemUTC()),
            (set, edited) -> new StepResult.Completed<>(List.of(), Duration.ZERO),
            people.audit(),
            policies);
    approvals =
        new Approvals(
            new Approvals.Parts(
                database, engine.asEngine(), outbox, events, people.audit(), people.directory()),
            changes,
            (key, element) -> Optional.empty(),
            policies);
    List<Operation> operations = new ArrayList<>(approvals.operations());
    operations.addAll(policies.operations());
    return operations;
  }

  private static final class OneWorkflow implements WorkflowLookup {
    @Override
    public Optional<Startable> find(String workflowId, @Nullable Integer version) {
      return workflowId.equals("w")
          ? Optional.of(new Startable(workflowId, "Menu", 1, 7, false))
          : Optional.empty();
    }

    @Override
    public Map<String, DiagramElement> elements(long processDefinitionKey) {
      return Map.of();
    }
  }

  private record Task(long key, long instance, UUID set) {}

  /** What the projection makes of the engine's own record. */
  private void completedInHistory(Task task) {
    await().atMost(PATIENCE).until(() -> !engine.isOpen(task.key));
    door.database()
        .jooq()
        .execute(
            """
            update history.user_task
            set state = 'completed', completed_action = ?, ended_at = clock_timestamp()
            where user_task_key = ?\
            """,
            engine.action(task.key),
            task.key);
  }

  /** The run has come to its end, with what it measured. */
  private void ended(Task task, String ratio) {
    door.database()
        .inTransaction(
            tx -> {
              tx.execute(
                  "update history.run set state = 'completed', ended_at = clock_timestamp() where process_instance_key = ?",
                  task.instance);
              tx.execute(
                  "update segue.change_set set state = 'applied' where set_id = ?", task.set);
              tx.insertInto(VARIABLE)
                  .set(VARIABLE.SCOPE_KEY, task.instance)
                  .set(VARIABLE.NAME, "measured")
                  .set(VARIABLE.PROCESS_INSTANCE_KEY, task.instance)
                  .set(VARIABLE.VALUE, JSONB.valueOf("{\"ratio\": %s}".formatted(ratio)))
                  .set(VARIABLE.UPDATED_AT, Instant.now())
                  .execute();
            });
  }

  /** A run that waits for an approval of one price. */
  private Task task(String before, String after) {
    long key = keys.addAndGet(10);
    long instance = key + 1;
    UUID run = UUID.randomUUID();
    ChangeSet content =
        new ChangeSet(
            "Prices",
            "",
            List.of(
                Change.of(new ChangeTarget("price", "tea", "Tea"), "Raise tea")
                    .before("price", new BigDecimal(before))
                    .after("price", new BigDecimal(after))
                    .build()));
    UUID set = UUID.randomUUID();
    door.database()
        .inTransaction(
            tx -> {
              tx.execute(
                  """
                  insert into history.run (process_instance_key, engine_id, bpmn_process_id, version,
                    process_definition_key, state, started_at)
                  values (?, ?, 'w', 1, 7, 'active', now())\
                  """,
                  instance,
                  UUID.randomUUID());
              tx.insertInto(RUN)
                  .set(RUN.RUN_ID, run)
                  .set(RUN.WORKFLOW_ID, "w")
                  .set(RUN.PROCESS_INSTANCE_KEY, instance)
                  .set(RUN.MODE, "live")
                  .set(RUN.STARTED_BY, "carl")
                  .set(RUN.START_KIND, "person")
                  .set(RUN.STATE, "started")
                  .execute();
              tx.insertInto(CHANGE_SET)
                  .set(CHANGE_SET.SET_ID, set)
                  .set(CHANGE_SET.RUN_ID, run)
                  .set(CHANGE_SET.PROCESS_INSTANCE_KEY, instance)
                  .set(CHANGE_SET.STEP_TYPE, "menu:prices:1")
                  .set(CHANGE_SET.PLUGIN_ID, "menu")
                  .set(CHANGE_SET.PLUGIN_VERSION, "1.0.0")
                  .set(CHANGE_SET.MODE, "live")
                  .set(CHANGE_SET.TITLE, content.title())
                  .set(CHANGE_SET.HASH, ContentHash.of(content, Map.of()))
                  .set(CHANGE_SET.COUNT, 1)
                  .set(CHANGE_SET.TOTALS, JSONB.valueOf("{}"))
                  .set(CHANGE_SET.STATE, "planned")
                  .set(CHANGE_SET.CREATED_BY, "run")
                  .execute();
              tx.execute(
                  "insert into segue.change (set_id, ordinal, content) values (?, 0, ?::jsonb)",
                  set,
                  ChangeSetJson.write(content.changes().getFirst()).toString());
              tx.insertInto(VARIABLE)
                  .set(VARIABLE.SCOPE_KEY, instance)
                  .set(VARIABLE.NAME, "prices")
                  .set(VARIABLE.PROCESS_INSTANCE_KEY, instance)
                  .set(
                      VARIABLE.VALUE,
                      JSONB.valueOf(Json.object().put("id", set.toString()).toString()))
                  .set(VARIABLE.UPDATED_AT, Instant.now())
                  .execute();
              tx.insertInto(USER_TASK)
                  .set(USER_TASK.USER_TASK_KEY, key)
                  .set(USER_TASK.PROCESS_INSTANCE_KEY, instance)
                  .set(USER_TASK.ELEMENT_INSTANCE_KEY, key + 2)
                  .set(USER_TASK.ELEMENT_ID, "approve")
                  .set(USER_TASK.BPMN_PROCESS_ID, "w")
                  .set(USER_TASK.PROCESS_DEFINITION_KEY, 7L)
                  .set(USER_TASK.CANDIDATE_GROUPS, new String[] {"approvers"})
                  .set(USER_TASK.HEADERS, JSONB.valueOf("{\"segue.changes\": \"prices\"}"))
                  .set(USER_TASK.STATE, "created")
                  .set(USER_TASK.CREATED_AT, Instant.now())
                  .execute();
            });
    return new Task(key, instance, set);
  }
}
