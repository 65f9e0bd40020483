package dev.segue.server.rehearsals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.bpmn.model.Feel;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Site;
import dev.segue.server.changes.Changes;
import dev.segue.server.data.BusinessData;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.people.People;
import dev.segue.server.runs.NoParts;
import dev.segue.server.runs.Runs;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import dev.segue.server.triggers.Triggers;
import dev.segue.server.triggers.schedules.Places;
import dev.segue.server.triggers.schedules.Schedules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rehearsals by the API on a real database; the test says what becomes of their runs. */
class RehearsalsIT {

  private static final String PASSWORD = "a long enough password";

  private final EventBus events = new EventBus();
  private final List<Outbox> outboxes = new ArrayList<>();
  private final List<PluginCalls> calls = new ArrayList<>();
  private final AtomicLong keys = new AtomicLong(1000);
  private volatile Instant now = Instant.parse("2026-06-20T12:00:00Z");
  private volatile boolean workflowPaused;
  private Rehearsals rehearsals;
  private Rehearsals other;
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
    site("hamburg", "Europe/Berlin");
    site("austin", "America/Chicago");
  }

  @AfterEach
  void close() throws Exception {
    outboxes.forEach(Outbox::close);
    calls.forEach(PluginCalls::close);
    events.close();
    door.close();
  }

  @Test
  void startsEachDayOnceHoweverManyServersLook() throws Exception {
    String id = start("2026-06-01", "2026-06-04", "concurrency", 3, "answer", "reject");
    try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
      List<Future<?>> looks = new ArrayList<>();
      IntStream.range(0, 24)
          .forEach(
              i ->
                  looks.add(
                      servers.submit(
                          () -> (i % 2 == 0 ? rehearsals : other).runner().takeOnAll())));
      for (Future<?> look : looks) {
        look.get();
      }
    }

    assertThat(states(id)).containsExactly("running", "running", "running", "planned");
    assertThat(
            door.database()
                .jooq()
                .fetch(
                    """
                    select concat_ws(' ', mode, site_id, as_of at time zone 'UTC', knowledge, answer,
                      start_kind, started_by, variables ->> 'businessDate') from segue.run
                    order by as_of\
                    """)
                .getValues(0, String.class))
        .containsExactly(
            "simulated hamburg 2026-06-01 03:00:00 business-day reject rehearsal admin 2026-06-01",
            "simulated hamburg 2026-06-02 03:00:00 business-day reject rehearsal admin 2026-06-02",
            "simulated hamburg 2026-06-03 03:00:00 business-day reject rehearsal admin 2026-06-03");

    ends(id, 0, "completed");
    look();
    look();
    assertThat(states(id)).containsExactly("completed", "running", "running", "running");
    for (int day = 1; day < 4; day++) {
      ends(id, day, "completed");
    }
    look();
    look();
    assertThat(show(id).path("state").asString()).isEqualTo("completed");
    assertThat(
            door.database()
                .jooq()
                .fetchSingle("select count(*)::int from segue.run")
                .get(0, Integer.class))
        .isEqualTo(4);
  }

  @Test
  void settlesDaysByWhatBecomesOfTheirRuns() {
    String id = start("2026-06-01", "2026-06-06", "concurrency", 6);
    look();
    ends(id, 0, "completed");
    ends(id, 1, "terminated");
    long failing = goesOn(id, 2);
    execute(
        "insert into history.incident values (%d, %d, 1, 'ask', null, 'X', 'It broke.', 'open', now())",
        keys.incrementAndGet(), failing);
    waits(goesOn(id, 3), Duration.ofDays(14));
    waits(goesOn(id, 4), Duration.ofSeconds(5));
    long busy = goesOn(id, 5);
    waits(busy, Duration.ofDays(14));
    element(busy, "SERVICE_TASK");
    now = now.plusSeconds(10);
    look();

    assertThat(states(id))
        .containsExactly("completed", "failed", "failed", "waits", "running", "running");
    List<JsonNode> days = days(id);
    assertThat(days.get(1).path("reason").asString()).contains("cancelled");
    assertThat(days.get(2).path("reason").asString()).isEqualTo("It broke.");
    assertThat(days.get(3).path("reason").asString()).contains("wait-here", "14 days");
    assertThat(
            door.database()
                .jooq()
                .fetch(
                    "select as_of::date::text from segue.run where cancel_requested_at is not null"
                        + " order by as_of")
                .getValues(0, String.class))
        .as("what won't end is ended")
        .containsExactly("2026-06-03", "2026-06-04");
    JsonNode progress = show(id).path("progress");
    assertThat(progress.path("days").asInt()).isEqualTo(6);
    assertThat(progress.path("current").get(0).path("day").asString()).isEqualTo("2026-06-05");
  }

  @Test
  void refusesWhatMakesNoSenseWithTheField() {
    assertThat(refused("2026-06-05", "2026-06-04")).contains("before the first day");
    assertThat(refused("2025-06-01", "2026-06-02")).contains("367 days", "366");
    assertThat(refused("2026-06-19", "2026-06-21"))
        .contains("2026-06-21 is not past", "2026-06-20");
    assertThat(refused("2026-06-01", "2026-06-02", "sites", List.of("atlantis")))
        .contains("no site atlantis");
    assertThat(refused("2026-06-01", "2026-06-02", "at", "early")).contains("05:00");
    assertThat(refused("2026-06-01", "2026-06-02", "zone", "Europe/Berlin")).contains("zone");
    assertThat(refused("2026-06-01", "2026-06-02", "variables", Map.of("segue", 1)))
        .contains("Segue's own");
    admin
        .post("/rehearsals", body("2026-06-01", "2026-06-02", "workflow", "nothing"))
        .problem(404, "not-found");
    workflowPaused = true;
    admin.post("/rehearsals", body("2026-06-01", "2026-06-02")).problem(409, "conflict");
    assertThat(admin.get("/rehearsals").expect(200).path("items")).isEmpty();
  }

  @Test
  void skipsDaysOfWhichNothingWasKnown() {
    execute(
        """
        insert into data.sales_line_row (site_id, order_id, line_id, item_id, ordered_at,
          business_date, quantity, unit_price, net_amount, currency, known_at)
        values ('hamburg', 'o', '1', 'tea', '2026-06-02 10:00Z', '2026-06-02', 1, 1, 1, 'EUR',
          '2026-06-10 00:00Z')\
        """);

    String id = start("2026-06-01", "2026-06-04");
    assertThat(states(id)).containsExactly("skipped", "skipped", "planned", "planned");
    assertThat(days(id).getFirst().path("reason").asString()).contains("2026-06-02T10:00:00Z");
    assertThat(refused("2026-06-01", "2026-06-04", "knowledge", "recorded"))
        .contains("2026-06-10", "business-day");
    String later = start("2026-06-09", "2026-06-11", "knowledge", "recorded");
    assertThat(states(later)).containsExactly("skipped", "planned", "planned");
  }

  @Test
  void goesByTheScheduleUnlessATimeIsGiven() {
    admin
        .put(
            "/triggers/mondays",
            Map.of(
                "workflow",
                "order",
                "variables",
                Map.of("till", "front", "size", 1),
                "mapping",
                Map.of("when", "event.businessDate"),
                "schedule",
                Map.of("cron", "0 7 * * MON", "sites", List.of("hamburg", "austin"))))
        .expect(201);

    ObjectNode wanted = body("2026-06-07", "2026-06-08", "variables", Map.of("size", 2));
    wanted.remove("sites");
    String id = admin.post("/rehearsals", wanted).expect(201).path("id").asString();
    look();

    assertThat(states(id)).containsExactly("skipped", "skipped", "running", "running");
    assertThat(days(id).getFirst().path("reason").asString()).contains("mondays");
    assertThat(days(id).getLast().path("asOf").asString()).isEqualTo("2026-06-08T05:00:00Z");
    assertThat(show(id).path("schedule").asString()).isEqualTo("mondays");
    assertThat(
            door
                .database()
                .jooq()
                .fetch("select variables::text from segue.run order by as_of")
                .getValues(0, String.class)
                .stream()
                .map(Json::parse))
        .allSatisfy(
            variables ->
                assertThat(variables)
                    .isEqualTo(
                        Json.object()
                            .put("till", "front")
                            .put("size", 2)
                            .put("when", "2026-06-08")
                            .put("businessDate", "2026-06-08")));
    assertThat(states(start("2026-06-07", "2026-06-08", "at", "06:30")))
        .containsExactly("planned", "planned");
  }

  @Test
  void canBeCancelledOnce() {
    String id = start("2026-06-01", "2026-06-05");
    look();
    JsonNode cancelled =
        admin
            .post("/rehearsals/" + id + "/cancellation", Map.of("reason", "Seen enough"))
            .expect(200);

    assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");
    assertThat(cancelled.path("cancelReason").asString()).isEqualTo("Seen enough");
    look();
    assertThat(states(id)).containsOnly("cancelled");
    assertThat(
            door.database()
                .jooq()
                .fetchSingle("select count(*)::int, count(cancel_requested_at)::int from segue.run")
                .intoList())
        .containsExactly(2, 2);
    admin.post("/rehearsals/" + id + "/cancellation", Map.of()).problem(409, "conflict");
    assertThat(
            admin
                .get("/audit?subjectKind=rehearsal")
                .expect(200)
                .path("items")
                .valueStream()
                .map(entry -> entry.path("action").asString()))
        .containsExactly("rehearsal.cancel", "rehearsal.start");
  }

  @Test
  void whoIsLimitedToSitesRehearsesThereAlone() {
    String theirs = start("2026-06-01", "2026-06-02", "sites", List.of("austin"));
    String both = start("2026-06-01", "2026-06-02", "sites", "all");
    user("rosa", "operator", List.of("austin"));
    user("vera", "viewer", List.of("austin"));
    ApiClient rosa = door.anybody().signIn("rosa", PASSWORD);

    rosa.post("/rehearsals", body("2026-06-01", "2026-06-02", "sites", List.of("austin")))
        .expect(201);
    rosa.post("/rehearsals", body("2026-06-01", "2026-06-02", "sites", List.of("hamburg")))
        .problem(403, "forbidden");
    rosa.post("/rehearsals", body("2026-06-01", "2026-06-02", "sites", "all"))
        .problem(403, "forbidden");
    assertThat(rosa.get("/rehearsals").expect(200).path("items")).hasSize(2);
    rosa.get("/rehearsals/" + theirs).expect(200);
    rosa.get("/rehearsals/" + both).problem(404, "not-found");
    rosa.get("/rehearsals/" + both + "/days").problem(404, "not-found");
    rosa.post("/rehearsals/" + both + "/cancellation", Map.of()).problem(404, "not-found");
    ApiClient vera = door.anybody().signIn("vera", PASSWORD);
    vera.get("/rehearsals/" + theirs).expect(200);
    vera.post("/rehearsals", body("2026-06-01", "2026-06-02", "sites", List.of("austin")))
        .problem(403, "forbidden");
  }

  @Test
  void aReportThatCannotBeMadeHoldsUpNoOtherDay() {
    execute(
        "insert into segue.workflow (workflow_id, title, latest_version) values ('order', 'O', 1)");
    execute(
        """
        insert into segue.workflow_version (workflow_id, version, package_hash,
          process_definition_key, diagram, settings, step_types, deployed_by)
        values ('order', 1, '', 7, '', '{"outcomes": [{"measure": "moods"}]}', '{}', 'carl')\
        """);
    String id = start("2026-06-01", "2026-06-02", "concurrency", 1);
    look();
    ends(id, 0, "completed");
    look();
    look();

    assertThat(states(id)).containsExactly("failed", "running");
    assertThat(days(id).getFirst().path("reason").asString()).contains("Look at the run itself");
  }

  @Test
  void saysThatAPauseHoldsItUp() {
    String id = start("2026-06-01", "2026-06-02");
    workflowPaused = true;
    look();

    assertThat(states(id)).containsOnly("planned");
    assertThat(show(id).path("held").asString()).contains("paused");
    workflowPaused = false;
    look();
    assertThat(states(id)).containsOnly("running");
  }

  private void look() {
    rehearsals.runner().takeOnAll();
  }

  private String start(String from, String to, Object... more) {
    return admin.post("/rehearsals", body(from, to, more)).expect(201).path("id").asString();
  }

  private String refused(String from, String to, Object... more) {
    return admin.post("/rehearsals", body(from, to, more)).problem(422, "invalid");
  }

  private static ObjectNode body(String from, String to, Object... more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("workflow", "order");
    body.put("from", from);
    body.put("to", to);
    body.put("sites", List.of("hamburg"));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return (ObjectNode) Json.tree(body);
  }

  private JsonNode show(String id) {
    return admin.get("/rehearsals/" + id).expect(200);
  }

  private List<JsonNode> days(String id) {
    return admin
        .get("/rehearsals/" + id + "/days")
        .expect(200)
        .path("items")
        .valueStream()
        .toList();
  }

  private List<String> states(String id) {
    return days(id).stream().map(day -> day.path("state").asString()).toList();
  }

  /** The engine's key of a day's run, which has begun. */
  private long goesOn(String id, int day) {
    long key = keys.incrementAndGet();
    execute(
        "update segue.run set process_instance_key = %d, state = 'started' where run_id = '%s'",
        key, days(id).get(day).path("run").asString());
    execute(
        """
        insert into history.run (process_instance_key, engine_id, bpmn_process_id, version,
          process_definition_key, state, started_at)
        values (%d, gen_random_uuid(), 'order', 1, 7, 'active', now())\
        """,
        key);
    return key;
  }

  private void ends(String id, int day, String state) {
    long key = goesOn(id, day);
    execute("update history.run set state = '%s' where process_instance_key = %d", state, key);
    execute("update segue.run set state = 'ended' where process_instance_key = %d", key);
  }

  private void waits(long run, Duration wait) {
    long element = element(run, "INTERMEDIATE_CATCH_EVENT");
    execute(
        """
        insert into history.timer (timer_key, process_instance_key, element_instance_key, element_id,
          due_at, state, created_at)
        values (%d, %d, %d, 'wait-here', '%s', 'waiting', '%s')\
        """,
        keys.incrementAndGet(), run, element, now.plus(wait), now);
  }

  private long element(long run, String type) {
    long key = keys.incrementAndGet();
    execute(
        """
        insert into history.element (element_instance_key, process_instance_key, element_id,
          element_type, state, started_at)
        values (%d, %d, 'wait-here', '%s', 'active', '%s')\
        """,
        key, run, type, now);
    return key;
  }

  private void execute(String sql, Object... values) {
    door.database().jooq().execute(sql.formatted(values));
  }

  private void site(String id, String zone) {
    admin.post("/sites", Map.of("id", id, "name", id, "zone", zone, "currency", "EUR")).expect(201);
  }

  private void user(String name, String role, List<String> sites) {
    admin
        .post(
            "/users",
            Map.of(
                "username", name,
                "displayName", name,
                "password", PASSWORD,
                "roles", List.of(role),
                "groups", List.of(),
                "sites", sites))
        .expect(201);
  }

  private List<Operation> operations(Database database, People people) {
    rehearsals = rehearsals(database, people, new ArrayList<>());
    List<Operation> operations = new ArrayList<>();
    other = rehearsals(database, people, operations);
    operations.addAll(rehearsals.operations());
    return operations;
  }

  private Rehearsals rehearsals(Database database, People people, List<Operation> triggering) {
    BusinessData data = new BusinessData(database, people.audit());
    Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    outboxes.add(outbox);
    PluginCalls plugins = new PluginCalls();
    calls.add(plugins);
    WorkflowLookup workflows = new OneWorkflow();
    Runs runs =
        new Runs(
            new Runs.Ground(database, engine(), outbox, events, people.audit()),
            new Runs.Neighbours(
                workflows,
                site -> data.site(site).isPresent(),
                new NoParts(),
                (tx, job, happened, result, by) -> {}));
    Triggers triggers =
        new Triggers(
            new Triggers.Ground(database, runs.starter(), workflows, people.audit(), () -> now));
    Schedules schedules = new Schedules(database, triggers, places(data), () -> now);
    triggering.addAll(triggers.operations());
    return new Rehearsals(
        new Rehearsals.Ground(
            database,
            runs,
            new Changes(
                database,
                UUID.randomUUID(),
                new StepInvoker(plugins, Clock.systemUTC()),
                (set, edited) -> new StepResult.Completed<>(List.of(), Duration.ZERO),
                people.audit()),
            workflows,
            triggers,
            schedules,
            data,
            new Feel(),
            people.audit(),
            () -> now));
  }

  /** Never answers: the test says what the history knows. */
  private static Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            RehearsalsIT.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Places places(BusinessData data) {
    return new Places() {
      @Override
      public List<Site> all() {
        return data.sites();
      }

      @Override
      public Optional<Site> find(String id) {
        return data.site(id);
      }

      @Override
      public Optional<List<String>> ofGroup(String group) {
        return data.sitesOfGroup(group);
      }
    };
  }

  private final class OneWorkflow implements WorkflowLookup {
    @Override
    public Optional<Startable> find(String workflowId, @Nullable Integer version) {
      return workflowId.equals("order")
          ? Optional.of(new Startable(workflowId, "Order", 1, 7, workflowPaused))
          : Optional.empty();
    }

    @Override
    public Map<String, DiagramElement> elements(long processDefinitionKey) {
      return Map.of();
    }
  }
}
