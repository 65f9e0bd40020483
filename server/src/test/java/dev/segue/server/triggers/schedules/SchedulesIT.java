package dev.segue.server.triggers.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.sdk.Site;
import dev.segue.server.data.BusinessData;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.forms.FormRules;
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
import dev.segue.server.workflows.DeclaredTriggers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Schedules on a real database, by the API, with a clock that the test turns. */
class SchedulesIT {

  private static final String HAMBURG = "hamburg";

  private final EventBus events = new EventBus();
  private final List<Outbox> outboxes = new ArrayList<>();
  private volatile Instant now = Instant.parse("2026-06-01T00:00:00Z");
  private volatile boolean workflowPaused;
  private Schedules schedules;
  private Schedules other;
  private DeclaredTriggers packages;
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
    site(HAMBURG, "Europe/Berlin");
  }

  @AfterEach
  void close() throws Exception {
    outboxes.forEach(Outbox::close);
    events.close();
    door.close();
  }

  @Test
  void startsARunPerSiteOnceHoweverManyServersLook() throws Exception {
    site("new-york", "America/New_York");
    put("mornings", schedule("0 6 * * *", "sites", "all", "overlap", "allow"));
    assertThat(fire("2026-06-01T03:59:59Z")).isZero();
    assertThat(fire("2026-06-01T04:00:00Z")).isOne();
    assertThat(fire("2026-06-01T10:00:00Z")).isOne();
    assertThat(fire("2026-06-01T10:00:00Z")).isZero();

    now = Instant.parse("2026-06-02T04:00:01Z");
    try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> fired =
          IntStream.range(0, 24)
              .mapToObj(i -> i % 2 == 0 ? schedules : other)
              .map(one -> servers.submit(() -> one.runner().fireDue()))
              .toList();
      int all = 0;
      for (Future<Integer> one : fired) {
        all += one.get();
      }
      assertThat(all).isOne();
    }
    assertThat(firings("mornings"))
        .containsExactly(
            "hamburg 2026-06-02T04:00:00Z started",
            "new-york 2026-06-01T10:00:00Z started",
            "hamburg 2026-06-01T04:00:00Z started");
    assertThat(
            door.database()
                .jooq()
                .fetchSingle(
                    """
                    select site_id, start_kind, started_by, variables ->> 'businessDate'
                    from segue.run order by created_at limit 1\
                    """)
                .intoArray())
        .containsExactly(HAMBURG, "schedule", "trigger:mornings", "2026-06-01");
  }

  @Test
  void makesUpForWhatItMissedAsItIsTold() {
    put(
        "all",
        schedule(
            "0 6 * * *", "zone", "UTC", "missed", "all", "missedLimit", 3, "overlap", "allow"));
    put("last", schedule("0 6 * * *", "zone", "UTC", "missed", "last"));
    put("none", schedule("0 6 * * *", "zone", "UTC", "missed", "none"));
    fire("2026-06-08T12:00:00Z");

    assertThat(firings("all"))
        .containsExactly(
            "- 2026-06-08T06:00:00Z started",
            "- 2026-06-07T06:00:00Z started",
            "- 2026-06-06T06:00:00Z started",
            "- 2026-06-05T06:00:00Z skipped");
    assertThat(firings("last"))
        .containsExactly("- 2026-06-08T06:00:00Z started", "- 2026-06-07T06:00:00Z skipped");
    assertThat(firings("none")).containsExactly("- 2026-06-08T06:00:00Z skipped");
    JsonNode given = admin.get("/triggers/none/firings").expect(200).path("items").get(0);
    assertThat(given.path("reason").asString())
        .startsWith("This and 7 before it, from 2026-06-01T06:00:00Z on, were missed");
    assertThat(fire("2026-06-08T12:00:01Z")).isZero();
    assertThat(fire("2026-06-09T06:00:00Z")).isEqualTo(3);
  }

  @Test
  void anEditLosesNothingThatIsDueAlready() {
    put("spread", schedule("0 6 * * *", "zone", "UTC", "jitter", "PT1H"));
    Instant fires =
        door.database()
            .jooq()
            .fetchSingle("select fire_at from segue.schedule_due where trigger_id = 'spread'")
            .get(0, Instant.class);
    assertThat(fires).isAfter(Instant.parse("2026-06-01T06:00:00Z"));
    now = fires.minusSeconds(1);

    Map<String, Object> edited =
        Map.of(
            "workflow",
            "order",
            "title",
            "Renamed",
            "schedule",
            schedule("0 7 * * *", "zone", "UTC"));
    admin.with("If-Match", "\"1\"").put("/triggers/spread", edited).expect(200);
    fire("2026-06-01T06:59:59Z");
    fire("2026-06-01T07:00:00Z");

    assertThat(firings("spread"))
        .extracting(one -> one.split(" ")[1])
        .containsExactly("2026-06-01T07:00:00Z", "2026-06-01T06:00:00Z");
  }

  @Test
  void heedsTheRunBefore() {
    put("skips", schedule("0 * * * *", "zone", "UTC"));
    put("queues", schedule("0 * * * *", "zone", "UTC", "overlap", "queue"));
    put("allows", schedule("0 * * * *", "zone", "UTC", "overlap", "allow"));
    fire("2026-06-01T01:00:00Z");
    fire("2026-06-01T02:00:00Z");
    fire("2026-06-01T03:00:00Z");
    assertThat(outcomes("skips")).containsExactly("skipped", "skipped", "started");
    assertThat(outcomes("queues")).containsExactly("queued", "queued", "started");
    assertThat(outcomes("allows")).containsExactly("started", "started", "started");

    endRuns();
    fire("2026-06-01T03:10:00Z");
    assertThat(outcomes("queues")).containsExactly("queued", "started", "started");
    endRuns();
    fire("2026-06-01T03:20:00Z");
    assertThat(outcomes("queues")).containsExactly("started", "started", "started");
    assertThat(
            door.database()
                .jooq()
                .fetchSingle("select count(*)::int from segue.run")
                .get(0, Integer.class))
        .isEqualTo(7);
  }

  @Test
  void startsNothingWhileAnyPauseHoldsAndSaysWhose() {
    put("mornings", schedule("0 6 * * *", "zone", "UTC"));
    admin.patch("/triggers/mornings", Map.of("paused", true, "reason", "stocktaking")).expect(200);
    fire("2026-06-01T06:00:00Z");
    admin.patch("/triggers/mornings", Map.of("paused", false)).expect(200);
    admin.patch("/trigger-switch", Map.of("paused", true)).expect(200);
    fire("2026-06-02T06:00:00Z");
    admin.patch("/trigger-switch", Map.of("paused", false)).expect(200);
    workflowPaused = true;
    fire("2026-06-03T06:00:00Z");
    workflowPaused = false;
    fire("2026-06-04T06:00:00Z");

    assertThat(outcomes("mornings")).containsExactly("started", "skipped", "skipped", "skipped");
    assertThat(admin.get("/triggers/mornings/firings").expect(200).toString())
        .contains("The trigger was paused by admin: stocktaking")
        .contains("All triggers were paused by admin.")
        .contains("The workflow order is paused");
  }

  @Test
  void knowsClosedDaysHolidaysAndExceptions() {
    JsonNode site = admin.get("/sites/hamburg").expect(200);
    assertThat(site.path("closedOnHolidays").asBoolean()).isTrue();
    admin
        .put("/sites/hamburg/exceptions/2026-05-02", Map.of("hours", List.of(), "reason", "works"))
        .expect(200);
    JsonNode days =
        admin.get("/sites/hamburg/days?from=2026-05-01&days=3").expect(200).path("items");
    assertThat(days.get(0).path("holiday").asString()).isEqualTo("Labor Day");
    assertThat(days.get(0).path("open").asBoolean()).isFalse();
    assertThat(days.get(1).path("reason").asString()).isEqualTo("works");
    assertThat(days.get(1).path("open").asBoolean()).isFalse();
    assertThat(days.get(2).path("open").asBoolean()).isTrue();

    now = Instant.parse("2026-04-30T12:00:00Z");
    put(
        "mornings",
        schedule("0 6 * * *", "sites", List.of(HAMBURG), "closedDays", "skip", "overlap", "allow"));
    fire("2026-05-01T04:00:00Z");
    fire("2026-05-02T04:00:00Z");
    fire("2026-05-03T04:00:00Z");
    assertThat(outcomes("mornings")).containsExactly("started", "skipped", "skipped");
    admin.delete("/sites/hamburg/exceptions/2026-05-02").expect(204);
  }

  @Test
  void followsTheSitesOfItsGroup() {
    site("new-york", "America/New_York");
    admin.put("/site-groups/coast", Map.of("name", "Coast", "sites", List.of(HAMBURG))).expect(200);
    put("mornings", schedule("0 6 * * *", "siteGroup", "coast", "overlap", "allow"));
    assertThat(fire("2026-06-01T12:00:00Z")).isOne();
    admin
        .put("/site-groups/coast", Map.of("name", "Coast", "sites", List.of(HAMBURG, "new-york")))
        .expect(200);
    door.database().inTransaction(schedules::reconcile);
    assertThat(fire("2026-06-02T12:00:00Z")).isEqualTo(2);
    admin
        .put("/site-groups/coast", Map.of("name", "Coast", "sites", List.of("nowhere")))
        .problem(422, "invalid");
  }

  @Test
  void showsTheNextTenAndRefusesWhatMakesNoSense() {
    JsonNode preview =
        admin
            .post(
                "/schedule-preview",
                Map.of(
                    "schedule",
                    Map.of("cron", "30 2 * * *", "zone", "Europe/Berlin"),
                    "after",
                    "2026-03-28T12:00:00Z"))
            .expect(200);
    assertThat(preview.path("firings")).hasSize(10);
    assertThat(preview.path("firings").get(0).path("local").asString())
        .isEqualTo("2026-03-29T03:00:00+02:00");

    assertThat(refused(schedule("0 0 30 2 *", "zone", "UTC"))).contains("never fires");
    assertThat(refused(schedule("0 6 * * *", "zone", "Mars/Olympus"))).contains("no time zone");
    assertThat(refused(schedule("0 6 * * *"))).contains("Name a time zone");
    assertThat(refused(schedule("0 6 * * *", "sites", List.of("nowhere")))).contains("no site");
    admin
        .put("/triggers/bad", trigger(schedule("0 6 * * *", "zone", "UTC", "overlap", "maybe")))
        .problem(400, "bad-request");
    assertThat(refused(schedule("0 6 * * *", "zone", "UTC", "cronn", "x"))).contains("cronn");
  }

  @Test
  void takesTheTriggersOfAPackageAndLeavesWhatPeopleDidToThem() {
    deploy(
        """
        [{"id": "nightly", "paused": true, "schedule": {"cron": "0 2 * * *", "zone": "UTC"}},
         {"id": "hourly", "schedule": {"cron": "@hourly", "zone": "UTC"}}]\
        """);
    assertThat(admin.get("/triggers/nightly").expect(200).path("paused").asBoolean()).isTrue();
    assertThat(admin.get("/triggers/hourly").expect(200).path("origin").asString())
        .isEqualTo("package");
    admin.patch("/triggers/nightly", Map.of("paused", false)).expect(200);
    admin.patch("/triggers/hourly", Map.of("paused", true)).expect(200);

    deploy(
        """
        [{"id": "nightly", "paused": true, "schedule": {"cron": "0 3 * * *", "zone": "UTC"}},
         {"id": "hourly", "schedule": {"cron": "@hourly", "zone": "UTC"}}]\
        """);
    JsonNode nightly = admin.get("/triggers/nightly").expect(200);
    assertThat(nightly.path("paused").asBoolean()).as("somebody resumed it").isFalse();
    assertThat(nightly.path("schedule").path("cron").asString()).isEqualTo("0 3 * * *");
    JsonNode hourly = admin.get("/triggers/hourly").expect(200);
    assertThat(hourly.path("paused").asBoolean()).as("somebody paused it").isTrue();
    assertThat(hourly.path("version").asInt()).as("nothing changed").isOne();

    admin
        .with("If-Match", "\"2\"")
        .put("/triggers/nightly", trigger(schedule("0 4 * * *", "zone", "UTC")))
        .expect(200);
    deploy("[]");
    admin.get("/triggers/hourly").problem(404, "not-found");
    assertThat(admin.get("/triggers/nightly").expect(200).path("origin").asString())
        .as("somebody took it over")
        .isEqualTo("api");

    assertThat(
            problems(
                """
                [{"id": "x", "schedule": {"cron": "0 2 * * *", "zone": "UTC"}},
                 {"id": "never", "schedule": {"cron": "0 0 30 2 *", "zone": "UTC"}},
                 {"id": "nothing"},
                 {"id": "typo", "schedul": {}}]\
                """))
        .satisfiesExactly(
            text -> assertThat(text).contains("An id has 2 to 80 characters"),
            text -> assertThat(text).contains("never fires"),
            text -> assertThat(text).contains("exactly one of schedule"),
            text -> assertThat(text).contains("exactly one of schedule"));
  }

  private void deploy(String declared) {
    assertThat(problems(declared)).isEmpty();
    door.database().inTransaction(tx -> packages.deployed(tx, "order", objects(declared), "mia"));
  }

  private List<String> problems(String declared) {
    return packages.problems("order", FormRules.NONE, objects(declared));
  }

  private static List<ObjectNode> objects(String array) {
    return Json.parse(array).valueStream().map(JsonNode::asObject).toList();
  }

  @Test
  void losesNoneOfManyAtOneInstantEvenIfTheServerStopsInBetween() {
    for (int i = 0; i < 500; i++) {
      put("many-" + i, schedule("0 6 * * *", "zone", "UTC"));
    }
    now = Instant.parse("2026-06-01T06:00:00Z");
    assertThatThrownBy(
            () ->
                door.database()
                    .inTransaction(
                        tx -> {
                          tx.execute(
                              "select trigger_id from segue.schedule_due limit 200 for update");
                          throw new IllegalStateException("killed");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(schedules.runner().fireDue() + other.runner().fireDue()).isEqualTo(500);
    assertThat(
            door.database()
                .jooq()
                .fetchSingle("select count(distinct started_by)::int from segue.run")
                .get(0, Integer.class))
        .isEqualTo(500);
  }

  private String refused(Map<String, Object> schedule) {
    return admin.put("/triggers/bad", trigger(schedule)).problem(422, "invalid");
  }

  private void put(String id, Map<String, Object> schedule) {
    admin.put("/triggers/" + id, trigger(schedule)).expect(201);
  }

  private static Map<String, Object> trigger(Map<String, Object> schedule) {
    return Map.of("workflow", "order", "title", "Orders", "schedule", schedule);
  }

  private static Map<String, Object> schedule(String cron, Object... more) {
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("cron", cron);
    for (int i = 0; i < more.length; i += 2) {
      schedule.put((String) more[i], more[i + 1]);
    }
    return schedule;
  }

  private int fire(String at) {
    now = Instant.parse(at);
    return schedules.runner().fireDue();
  }

  private void endRuns() {
    door.database().jooq().execute("update segue.run set state = 'ended'");
  }

  private List<String> outcomes(String trigger) {
    return firings(trigger).stream()
        .map(text -> text.substring(text.lastIndexOf(' ') + 1))
        .toList();
  }

  private List<String> firings(String trigger) {
    JsonNode items = admin.get("/triggers/" + trigger + "/firings").expect(200).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(
            item ->
                "%s %s %s"
                    .formatted(
                        item.path("site").asString("-"),
                        item.path("dueAt").asString(),
                        item.path("outcome").asString()))
        .toList();
  }

  private void site(String id, String zone) {
    admin
        .post(
            "/sites",
            Map.of(
                "id",
                id,
                "name",
                id,
                "zone",
                zone,
                "currency",
                "EUR",
                "country",
                "DE",
                "closedOnHolidays",
                true))
        .expect(201);
  }

  private List<Operation> operations(Database database, People people) {
    BusinessData data = new BusinessData(database, people.audit());
    Triggers triggers = triggers(database, people, data);
    schedules = new Schedules(database, triggers, places(data), clock());
    packages = triggers.declared();
    Triggers second = triggers(database, people, data);
    other = new Schedules(database, second, places(data), clock());
    List<Operation> operations = new ArrayList<>(triggers.operations());
    operations.addAll(schedules.operations());
    return operations;
  }

  private InstantSource clock() {
    return () -> now;
  }

  private Triggers triggers(Database database, People people, BusinessData data) {
    Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    outboxes.add(outbox);
    Runs runs =
        new Runs(
            new Runs.Ground(database, engine(), outbox, events, people.audit()),
            new Runs.Neighbours(
                new OneWorkflow(),
                site -> data.site(site).isPresent(),
                new NoParts(),
                (tx, job, happened, result, by) -> {}));
    return new Triggers(
        new Triggers.Ground(database, runs.starter(), new OneWorkflow(), people.audit(), clock()));
  }

  /** Never answers: what matters here is what was committed before. */
  private static Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            SchedulesIT.class.getClassLoader(),
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
      return Optional.of(new Startable(workflowId, "Order", 1, 7, workflowPaused));
    }

    @Override
    public Map<String, DiagramElement> elements(long processDefinitionKey) {
      return Map.of();
    }
  }
}
