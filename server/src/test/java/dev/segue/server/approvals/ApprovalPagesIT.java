package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.history.Tables.ELEMENT;
import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.history.Tables.VARIABLE;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.changes.Changes;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.people.People;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the pages on approvals ask for, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalPagesIT {

  private static final String PASSWORD = "a long enough password";
  private static final Instant NOON = Instant.parse("2026-05-02T12:00:00Z");
  private static final JsonNode FORM =
      Json.parse(
          """
          {"components": [
            {"type": "text", "text": "Menu of {{place}}"},
            {"type": "number", "key": "budget.total", "label": "Budget"},
            {"type": "select", "key": "dish", "valuesKey": "dishes",
             "conditional": {"hide": "=secretly = 1"}}]}
          """);

  private final UserTaskEngine engine = new UserTaskEngine();
  private final EventBus events = new EventBus();
  private final PluginCalls calls = new PluginCalls();
  private TestDoor door;
  private ApiClient admin;

  @BeforeAll
  void open() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
    user("anna", List.of("approver"), List.of("managers"), null);
    user("ben", List.of("approver"), List.of("managers"), List.of("north"));
    user("carl", List.of("approver"), List.of("managers"), null);
    user("dora", List.of("approver"), List.of("kitchen"), null);
    user("emil", List.of("viewer"), List.of("managers"), null);
    user("finn", List.of("approver"), List.of("managers"), null);
    admin.with("If-Match", "\"1\"").patch("/users/finn", Map.of("disabled", true)).expect(200);
  }

  private List<Operation> operations(Database database, People people) {
    Changes changes =
        new Changes(
            database,
            UUID.randomUUID(),
            new StepInvoker(calls, Clock.systemUTC()),
            (set, edited) -> new StepResult.Completed<>(List.of(), Duration.ZERO),
            people.audit());
    return new Approvals(
            new Approvals.Parts(
                database,
                engine.asEngine(),
                new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry()),
                events,
                people.audit(),
                people.directory()),
            changes,
            (key, element) -> Optional.of(new TaskTexts.TaskText("Menu", "Fine?", "", FORM)))
        .operations();
  }

  @AfterAll
  void close() throws Exception {
    events.close();
    calls.close();
    door.close();
  }

  @BeforeEach
  void forget() {
    door.database().jooq().deleteFrom(USER_TASK).execute();
  }

  @Test
  void anApprovalGoesOnlyToThoseWhoMayDecideIt() {
    task(10, "south", null, null);
    ApiClient anna = door.anybody().signIn("anna", PASSWORD);
    anna.post("/approvals/10/claim", Map.of()).expect(200);

    JsonNode delegates = anna.get("/approvals/10/delegates").expect(200).path("items");
    // Of the managers, Ben sees another site, Carl started the run, Emil may not, Finn is gone.
    assertThat(delegates.valueStream().map(row -> row.path("username").asString()))
        .containsExactly("admin");
    for (String unfit : List.of("ben", "carl", "dora", "emil", "finn", "nobody", "anna ")) {
      anna.post("/approvals/10/delegation", Map.of("to", unfit))
          .expect(unfit.endsWith(" ") ? 400 : 422);
    }
    JsonNode handedOver =
        anna.post("/approvals/10/delegation", Map.of("to", "ADMIN", "comment", "Please"))
            .expect(200);
    assertThat(handedOver.path("assignee").asString()).isEqualTo("admin");
    assertThat(handedOver.path("startedBy").asString()).isEqualTo("carl");
    assertThat(admin.get("/approvals/10/delegates").expect(200).path("items").path(0).toString())
        .contains("\"username\":\"anna\",\"displayName\":\"Anna\"");
    door.anybody()
        .signIn("emil", PASSWORD)
        .get("/approvals/10/delegates")
        .problem(403, "forbidden");
  }

  @Test
  void whatPressesComesFirstAndWhatHasEndedLast() {
    task(2000, null, null, null);
    task(2100, null, NOON.plusSeconds(60), null);
    task(2200, null, NOON, null);
    task(2300, null, null, NOON.minusSeconds(60));
    task(2400, null, null, NOON);

    assertThat(ids("/approvals?view=all")).containsExactly("2200", "2100", "2000", "2400", "2300");
    String path = "/approvals?view=all&limit=2";
    JsonNode first = admin.get(path).expect(200);
    JsonNode second = admin.get(path + "&cursor=" + first.path("next").asString()).expect(200);
    assertThat(ids(second)).containsExactly("2000", "2400");
    JsonNode third = admin.get(path + "&cursor=" + second.path("next").asString()).expect(200);
    assertThat(ids(third)).containsExactly("2300");
    assertThat(third.has("next")).isFalse();
  }

  @Test
  void aFormComesWithTheVariablesThatItShows() {
    task(30, null, null, null);
    variable(31, "place", "\"Mitte\"");
    variable(31, "budget", "{\"total\": 5}");
    variable(31, "dishes", "[\"soup\"]");
    variable(31, "unasked", "1");
    variable(31, "segue", "{}");
    variable(32, "place", "\"Bar\"");

    JsonNode values = admin.get("/approvals/30").expect(200).path("formValues");

    assertThat(values.toString())
        .isEqualTo("{\"budget\":{\"total\":5},\"dishes\":[\"soup\"],\"place\":\"Bar\"}");
  }

  private List<String> ids(String path) {
    return ids(admin.get(path).expect(200));
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").valueStream().map(row -> row.path("id").asString()).toList();
  }

  private void user(
      String name, List<String> roles, List<String> groups, @Nullable List<String> sites) {
    var user = Json.object().put("username", name).put("password", PASSWORD);
    user.put("displayName", Character.toUpperCase(name.charAt(0)) + name.substring(1));
    user.set("roles", Json.tree(roles));
    user.set("groups", Json.tree(groups));
    if (sites != null) {
      user.set("sites", Json.tree(sites));
    }
    admin.post("/users", user).expect(201);
  }

  /** A user task in a subprocess of a run of its own; the next keys are the run's and so on. */
  private void task(
      long key, @Nullable String site, @Nullable Instant due, @Nullable Instant endedAt) {
    long instance = key + 1;
    long subprocess = key + 2;
    var db = door.database().jooq();
    db.insertInto(RUN)
        .set(RUN.RUN_ID, UUID.randomUUID())
        .set(RUN.WORKFLOW_ID, "menu")
        .set(RUN.PROCESS_INSTANCE_KEY, instance)
        .set(RUN.MODE, "live")
        .set(RUN.SITE_ID, site)
        .set(RUN.STARTED_BY, "carl")
        .set(RUN.START_KIND, "person")
        .set(RUN.STATE, "started")
        .execute();
    element(key + 3, subprocess, instance);
    element(subprocess, instance, instance);
    db.insertInto(USER_TASK)
        .set(USER_TASK.USER_TASK_KEY, key)
        .set(USER_TASK.PROCESS_INSTANCE_KEY, instance)
        .set(USER_TASK.ELEMENT_INSTANCE_KEY, key + 3)
        .set(USER_TASK.ELEMENT_ID, "approve")
        .set(USER_TASK.BPMN_PROCESS_ID, "menu")
        .set(USER_TASK.PROCESS_DEFINITION_KEY, 7L)
        .set(USER_TASK.CANDIDATE_GROUPS, new String[] {"managers"})
        .set(USER_TASK.HEADERS, JSONB.valueOf("{\"segue.not-by\":\"starter\"}"))
        .set(USER_TASK.STATE, endedAt == null ? "created" : "canceled")
        .set(USER_TASK.CREATED_AT, NOON.minusSeconds(3_600))
        .set(USER_TASK.DUE_AT, due)
        .set(USER_TASK.ENDED_AT, endedAt)
        .execute();
  }

  private void element(long key, long scope, long instance) {
    door.database()
        .jooq()
        .insertInto(ELEMENT)
        .set(ELEMENT.ELEMENT_INSTANCE_KEY, key)
        .set(ELEMENT.PROCESS_INSTANCE_KEY, instance)
        .set(ELEMENT.FLOW_SCOPE_KEY, scope)
        .set(ELEMENT.ELEMENT_ID, "e" + key)
        .set(ELEMENT.ELEMENT_TYPE, "SUB_PROCESS")
        .set(ELEMENT.STATE, "active")
        .set(ELEMENT.STARTED_AT, NOON)
        .onConflictDoNothing()
        .execute();
  }

  private void variable(long scope, String name, String json) {
    door.database()
        .jooq()
        .insertInto(VARIABLE)
        .set(VARIABLE.SCOPE_KEY, scope)
        .set(VARIABLE.NAME, name)
        .set(VARIABLE.PROCESS_INSTANCE_KEY, 31L)
        .set(VARIABLE.VALUE, JSONB.valueOf(json))
        .set(VARIABLE.UPDATED_AT, NOON)
        .execute();
  }
}
