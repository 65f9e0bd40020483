package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.history.Tables.VARIABLE;
import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;
import static dev.segue.server.storage.jooq.segue.Tables.DECISION;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.runtime.changes.ContentHash;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.server.changes.Changes;
import dev.segue.server.events.AfterCommit;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.People;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.JSONB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people who decide can rely on. */
class ApprovalsIT {

  private static final AtomicLong KEYS = new AtomicLong(1_000);
  private static final Principal ANNA = person("anna", Role.APPROVER);
  private static final Principal BEN = person("ben", Role.APPROVER);

  private static DatabaseAddress address;
  private static Database database;
  private static Outbox outbox;
  private static PluginCalls calls;
  private static EventBus events;
  private static final UserTaskEngine ENGINE = new UserTaskEngine();
  private static Approvals approvals;

  @BeforeAll
  static void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults(), AfterCommit.provider());
    outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    calls = new PluginCalls();
    events = new EventBus();
    Changes changes =
        new Changes(
            database,
            UUID.randomUUID(),
            new StepInvoker(calls, Clock.systemUTC()),
            (set, edited) -> new StepResult.Completed<>(List.of(), Duration.ZERO),
            new Audit(database));
    approvals =
        new Approvals(
            new Approvals.Parts(
                database,
                ENGINE.asEngine(),
                outbox,
                events,
                new Audit(database),
                new People(database, Clock.systemUTC(), false).directory()),
            changes,
            (key, element) -> Optional.empty());
    outbox.start();
  }

  @AfterAll
  static void close() {
    outbox.close();
    events.close();
    calls.close();
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void anApprovalAllowsExactlyTheListThatWasSeen() {
    Task task = task(Map.of());

    JsonNode answer = decide(ANNA, task, Json.object().put("outcome", "approve"));

    assertThat(answer.path("state").asString()).isEqualTo("approved");
    assertThat(setState(task.set)).isEqualTo("approved");
    assertThat(ENGINE.variables(task.key).path("approval").path("by").asString()).isEqualTo("anna");
    assertThat(
            database
                .jooq()
                .fetchExists(
                    DECISION, DECISION.SET_ID.eq(task.set).and(DECISION.HASH.eq(task.hash))))
        .isTrue();
  }

  @Test
  void editsMakeANewListThatIsTheOneApproved() {
    Task task = task(Map.of());
    ObjectNode body = Json.object().put("outcome", "approve");
    body.putArray("edits").addObject().put("ordinal", 0).putObject("after").put("price", 9.7);

    decide(ANNA, task, body);

    assertThat(setState(task.set)).isEqualTo("superseded");
    JsonNode reference = ENGINE.variables(task.key).path("menuChanges");
    UUID edited = UUID.fromString(reference.path("id").asString());
    assertThat(edited).isNotEqualTo(task.set);
    assertThat(setState(edited)).isEqualTo("approved");
    assertThat(reference.path("hash").asString()).isNotEqualTo(task.hash);
  }

  @Test
  void aWrongEditNamesTheFieldAndChangesNothing() {
    Task task = task(Map.of());
    ObjectNode body = Json.object().put("outcome", "approve");
    body.putArray("edits").addObject().put("ordinal", 0).putObject("after").put("item", "x");

    assertThatThrownBy(() -> decide(ANNA, task, body))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused ->
                assertThat(refused.problem().errors().getFirst().field())
                    .isEqualTo("edits[0].after.item"));

    assertThat(setState(task.set)).isEqualTo("planned");
    assertThat(ENGINE.isOpen(task.key)).isTrue();
  }

  @Test
  void aDecisionThatLosesToATimerIsVoidAndAllowsNothing() {
    Task task = task(Map.of());
    ENGINE.gone(task.key, () -> ended(task, "canceled", null));

    JsonNode answer = decide(ANNA, task, Json.object().put("outcome", "approve"));

    assertThat(answer.path("state").asString()).isEqualTo("void");
    assertThat(answer.path("decisions").path(0).path("voidReason").asString())
        .contains("had ended");
    assertThat(setState(task.set)).isEqualTo("planned");
  }

  @Test
  void aDecisionHoldsThoughItsServerDiedBeforeTheEnginesAnswer() {
    Task task = task(Map.of());
    ENGINE.losesAnswer(task.key);
    decide(ANNA, task, Json.object().put("outcome", "approve"));

    ended(task, "completed", ENGINE.action(task.key));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(setState(task.set)).isEqualTo("approved"));
  }

  @Test
  void withAQuorumOnlyTheLastVoteSettlesTheMatter() {
    Task task = task(Map.of("segue.quorum", "2"));

    JsonNode first = decide(ANNA, task, Json.object().put("outcome", "approve"));

    assertThat(first.path("state").asString()).isEqualTo("open");
    assertThat(ENGINE.isOpen(task.key)).isTrue();
    assertThatThrownBy(() -> decide(ANNA, task, Json.object().put("outcome", "approve")))
        .hasMessageContaining("already");

    assertThat(decide(BEN, task, Json.object().put("outcome", "approve")).path("state").asString())
        .isEqualTo("approved");
    assertThat(setState(task.set)).isEqualTo("approved");
  }

  @Test
  void keepsOutWhoeverStartedTheRunAndWhoeverIsNoCandidate() {
    Task own = task(Map.of("segue.not-by", "starter"));

    assertThatThrownBy(
            () ->
                decide(person("carl", Role.APPROVER), own, Json.object().put("outcome", "approve")))
        .hasMessageContaining("Somebody else");
    assertThatThrownBy(
            () ->
                decide(
                    new Principal(
                        UUID.randomUUID(),
                        "dora",
                        "Dora",
                        Set.of(Role.APPROVER),
                        Set.of("kitchen"),
                        null,
                        Principal.Door.TOKEN),
                    own,
                    Json.object().put("outcome", "approve")))
        .hasMessageContaining("approvers");
    assertThat(setState(own.set)).isEqualTo("planned");
  }

  @Test
  void aRejectionSaysWhyAndEndsTheList() {
    Task task = task(Map.of());
    assertThatThrownBy(() -> decide(ANNA, task, Json.object().put("outcome", "reject")))
        .hasMessageContaining("comment");

    decide(ANNA, task, Json.object().put("outcome", "reject").put("comment", "too dear"));

    assertThat(setState(task.set)).isEqualTo("rejected");
    assertThat(ENGINE.variables(task.key).path("approval").path("comment").asString())
        .isEqualTo("too dear");
  }

  @Test
  void whatNobodyDecidedUntilItsRunEndedIsOutOfDateThoughNoServerListened() {
    Task task = task(Map.of());
    approvals.catchUp();
    assertThat(setState(task.set)).isEqualTo("planned");
    ended(task, "canceled", null);
    database
        .jooq()
        .update(RUN)
        .set(RUN.STATE, "ended")
        .where(RUN.PROCESS_INSTANCE_KEY.eq(task.key + 1))
        .execute();

    approvals.catchUp();

    assertThat(setState(task.set)).isEqualTo("stale");
  }

  @Test
  void refusesADecisionOnAListThatIsNotTheOneSeen() {
    Task task = task(Map.of());
    ObjectNode body = Json.object().put("outcome", "approve");
    body.putArray("hashes").add("another");

    assertThatThrownBy(() -> decide(ANNA, task, body)).hasMessageContaining("edited since");
  }

  private record Task(long key, UUID set, String hash) {}

  private static Principal person(String name, Role role) {
    return new Principal(
        UUID.randomUUID(),
        name,
        name,
        Set.of(role),
        Set.of("approvers"),
        null,
        Principal.Door.TOKEN);
  }

  private static JsonNode decide(Principal person, Task task, ObjectNode body) {
    Operation operation =
        approvals.operations().stream()
            .filter(found -> found.id().equals("decideApproval"))
            .findFirst()
            .orElseThrow();
    ApiRequest request =
        new ApiRequest(
            "decideApproval",
            person,
            new ApiRequest.Params(Map.of("approval", Long.toString(task.key)), Map.of(), Map.of()),
            new ApiRequest.Body.Json(body),
            new ApiRequest.Origin("test", "127.0.0.1"));
    try {
      ApiResponse response = operation.handler().handle(request);
      return Json.tree(((ApiResponse.Content.Json) response.content()).value());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String setState(UUID set) {
    return database
        .jooq()
        .select(CHANGE_SET.STATE)
        .from(CHANGE_SET)
        .where(CHANGE_SET.SET_ID.eq(set))
        .fetchSingle(CHANGE_SET.STATE);
  }

  /** What the projection does when the engine says that a user task has ended. */
  private static void ended(Task task, String state, String action) {
    database
        .jooq()
        .update(USER_TASK)
        .set(USER_TASK.STATE, state)
        .set(USER_TASK.COMPLETED_ACTION, action)
        .set(USER_TASK.ENDED_AT, Instant.now())
        .where(USER_TASK.USER_TASK_KEY.eq(task.key))
        .execute();
  }

  private static Task task(Map<String, String> headers) {
    long key = KEYS.addAndGet(10);
    long instance = key + 1;
    UUID run = UUID.randomUUID();
    ChangeSet content =
        new ChangeSet(
            "Prices",
            "",
            List.of(
                Change.of(new ChangeTarget("price", "tea", "Tea"), "Raise tea")
                    .after("item", "tea")
                    .editableAfter("price", new BigDecimal("9.90"))
                    .build()));
    UUID set = UUID.randomUUID();
    String hash = ContentHash.of(content, Map.of());
    ObjectNode all = Json.object();
    headers.forEach(all::put);
    all.put("segue.changes", "menuChanges");
    database.inTransaction(
        tx -> {
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
              .set(CHANGE_SET.STEP_TYPE, "menu:prices:1")
              .set(CHANGE_SET.PLUGIN_ID, "menu")
              .set(CHANGE_SET.PLUGIN_VERSION, "1.0.0")
              .set(CHANGE_SET.MODE, "live")
              .set(CHANGE_SET.TITLE, content.title())
              .set(CHANGE_SET.HASH, hash)
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
              .set(VARIABLE.NAME, "menuChanges")
              .set(VARIABLE.PROCESS_INSTANCE_KEY, instance)
              .set(
                  VARIABLE.VALUE, JSONB.valueOf(Json.object().put("id", set.toString()).toString()))
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
              .set(USER_TASK.HEADERS, JSONB.valueOf(all.toString()))
              .set(USER_TASK.STATE, "created")
              .set(USER_TASK.CREATED_AT, Instant.now())
              .execute();
        });
    return new Task(key, set, hash);
  }
}
