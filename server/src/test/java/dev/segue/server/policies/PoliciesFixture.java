package dev.segue.server.policies;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.history.Tables.VARIABLE;
import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Policies, approvals and changes on a database of their own, behind the API; of the engine there
 * is what completes user tasks, of its history what a test writes.
 */
final class PoliciesFixture implements AutoCloseable {

  private final AtomicLong keys = new AtomicLong(1_000);
  private final UserTaskEngine engine = new UserTaskEngine();
  private final EventBus events = new EventBus();
  private final PluginCalls calls = new PluginCalls();
  private final TestDoor door;
  private final ApiClient admin;
  private Outbox outbox;
  private Approvals approvals;
  private Policies policies;

  PoliciesFixture() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
  }

  /** A user task of a run and what it asks about. */
  record Task(long key, long instance, UUID set) {}

  TestDoor door() {
    return door;
  }

  DSLContext jooq() {
    return door.database().jooq();
  }

  ApiClient admin() {
    return admin;
  }

  UserTaskEngine engine() {
    return engine;
  }

  Outbox outbox() {
    return outbox;
  }

  Approvals approvals() {
    return approvals;
  }

  Policies policies() {
    return policies;
  }

  /** What somebody writes of an automatic policy for prices. */
  static Map<String, Object> automatic(Map<String, Object> limits) {
    return Map.of(
        "workflow", "w", "changes", "menu:prices", "level", "automatic", "limits", limits);
  }

  /** Writes a policy, whether or not it is there. */
  void put(String id, Map<String, Object> content) {
    Optional<String> version = admin.get("/policies/" + id).header("ETag");
    ApiClient client = version.map(tag -> admin.with("If-Match", tag)).orElse(admin);
    assertThat(client.put("/policies/" + id, content).status()).isLessThan(300);
  }

  JsonNode policy(String id) {
    return admin.get("/policies/" + id).expect(200);
  }

  ApiClient.Answer decide(Task task, String outcome) {
    return admin.post(
        "/approvals/" + task.key + "/decision", Map.of("outcome", outcome, "comment", "so be it"));
  }

  JsonNode shown(Task task) {
    return admin.get("/approvals/" + task.key).expect(200);
  }

  /** The state of the list that a task asks about. */
  String state(Task task) {
    return jooq()
        .fetchSingle("select state from segue.change_set where set_id = ?", task.set)
        .get(0, String.class);
  }

  /** A run that waits for an approval of one price. */
  Task task(String before, String after) {
    long instance = keys.addAndGet(10);
    UUID run = UUID.randomUUID();
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
            });
    UUID set = plan(instance, "prices", "menu:prices:1", before, after);
    return ask(instance, set, "prices");
  }

  /** The same list comes up in a further approval of its run. */
  Task escalated(Task task) {
    return ask(task.instance, task.set, "prices");
  }

  /** A run whose approval is of a price and of an offer. */
  Task taskWithOffer(String before, String after) {
    Task prices = task(before, after);
    plan(prices.instance, "offers", "menu:offers:1", before, after);
    jooq()
        .execute(
            """
            update history.user_task set headers = '{"segue.changes": "prices, offers"}'
            where user_task_key = ?\
            """,
            prices.key);
    return prices;
  }

  /** The run has come to its end, with what it measured. */
  void ended(Task task, String ratio) {
    jooq()
        .execute(
            """
            update history.run set state = 'completed', ended_at = clock_timestamp()
            where process_instance_key = ?\
            """,
            task.instance);
    jooq().execute("update segue.change_set set state = 'applied' where set_id = ?", task.set);
    variable(task.instance, "measured", "{\"ratio\": %s}".formatted(ratio));
  }

  @Override
  public void close() throws Exception {
    outbox.close();
    events.close();
    calls.close();
    door.close();
  }

  private UUID plan(long instance, String variable, String stepType, String before, String after) {
    Change change =
        Change.of(new ChangeTarget("price", "tea", "Tea"), "Raise tea")
            .before("price", new BigDecimal(before))
            .after("price", new BigDecimal(after))
            .build();
    ChangeSet content = new ChangeSet("Prices", "", List.of(change));
    UUID set = UUID.randomUUID();
    jooq()
        .insertInto(CHANGE_SET)
        .set(CHANGE_SET.SET_ID, set)
        .set(
            CHANGE_SET.RUN_ID,
            jooq()
                .select(RUN.RUN_ID)
                .from(RUN)
                .where(RUN.PROCESS_INSTANCE_KEY.eq(instance))
                .fetchSingle(RUN.RUN_ID))
        .set(CHANGE_SET.PROCESS_INSTANCE_KEY, instance)
        .set(CHANGE_SET.STEP_TYPE, stepType)
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
    jooq()
        .execute(
            "insert into segue.change (set_id, ordinal, content) values (?, 0, ?::jsonb)",
            set,
            ChangeSetJson.write(change).toString());
    variable(instance, variable, Json.object().put("id", set.toString()).toString());
    return set;
  }

  private Task ask(long instance, UUID set, String variable) {
    long key = keys.addAndGet(10);
    jooq()
        .insertInto(USER_TASK)
        .set(USER_TASK.USER_TASK_KEY, key)
        .set(USER_TASK.PROCESS_INSTANCE_KEY, instance)
        .set(USER_TASK.ELEMENT_INSTANCE_KEY, key + 1)
        .set(USER_TASK.ELEMENT_ID, "approve")
        .set(USER_TASK.BPMN_PROCESS_ID, "w")
        .set(USER_TASK.PROCESS_DEFINITION_KEY, 7L)
        .set(USER_TASK.CANDIDATE_GROUPS, new String[] {"approvers"})
        .set(USER_TASK.HEADERS, JSONB.valueOf("{\"segue.changes\": \"%s\"}".formatted(variable)))
        .set(USER_TASK.STATE, "created")
        .set(USER_TASK.CREATED_AT, Instant.now())
        .execute();
    return new Task(key, instance, set);
  }

  private void variable(long instance, String name, String value) {
    jooq()
        .insertInto(VARIABLE)
        .set(VARIABLE.SCOPE_KEY, instance)
        .set(VARIABLE.NAME, name)
        .set(VARIABLE.PROCESS_INSTANCE_KEY, instance)
        .set(VARIABLE.VALUE, JSONB.valueOf(value))
        .set(VARIABLE.UPDATED_AT, Instant.now())
        .execute();
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
}
