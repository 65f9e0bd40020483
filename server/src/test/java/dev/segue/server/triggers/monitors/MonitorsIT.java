package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Message;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.data.metrics.MetricLimits;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.data.metrics.Sample;
import dev.segue.server.data.metrics.SeriesKey;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.people.People;
import dev.segue.server.runs.RunParts;
import dev.segue.server.runs.Runs;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import dev.segue.server.triggers.Triggers;
import dev.segue.server.workflows.DeclaredTriggers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Monitors on a real database, by the API, with a clock that the test turns. */
class MonitorsIT {

  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final EventBus events = new EventBus();
  private final List<Outbox> outboxes = new ArrayList<>();
  private final Queue<Message> published = new ConcurrentLinkedQueue<>();
  private volatile Instant now = START;
  private Monitors monitors;
  private DeclaredTriggers packages;
  private Monitors other;
  private MetricStore metrics;
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
    metrics = new MetricStore(door.database(), MetricLimits.defaults(), clock());
    point(0, "red", 1);
    point(0, "blue", 1);
  }

  @AfterEach
  void close() throws Exception {
    outboxes.forEach(Outbox::close);
    events.close();
    door.close();
  }

  @Test
  void anAlertStartsOneRunForItsGroupAndItsEndTellsIt() {
    outboxes.forEach(Outbox::start);
    put(Map.of("above", 10, "recovery", 8), Map.of("severity", "critical"));
    turn(monitors, 1);
    point(1, "red", 11);
    point(1, "blue", 5);
    turn(monitors, 2);
    assertThat(firings()).containsExactly("started");
    JsonNode alert = run().path("alert");
    assertThat(alert.at("/labels/campaign").asString()).isEqualTo("red");
    assertThat(alert.path("severity").asString()).isEqualTo("critical");
    assertThat(alert.path("value").asDouble()).isEqualTo(11);
    assertThat(alert.path("direction").asString()).isEqualTo("above");
    assertThat(admin.get("/monitors").expect(200).at("/items/0/groups").toString())
        .contains("\"Alerting\":1");
    assertThat(groups("Alerting")).hasSize(1);

    point(3, "red", 9);
    turn(monitors, 4);
    assertThat(groups("Alerting")).hasSize(1);
    point(5, "red", 7);
    turn(monitors, 6);
    assertThat(groups("Alerting")).isEmpty();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !published.isEmpty());
    assertThat(published.element().name()).isEqualTo("monitor-recovered");
    assertThat(published.element().correlationKey()).isEqualTo(alert.path("id").asString());
    assertThat(published.element().timeToLive())
        .as("kept for a run that is held up")
        .isGreaterThanOrEqualTo(Duration.ofDays(30));
  }

  @Test
  void anotherServerGoesOnWhereOneStoppedAndRepeatsNothing() {
    put(Map.of("above", 10), Map.of("for", "PT10M"));
    turn(monitors, 1);
    point(2, "red", 11);
    turn(monitors, 3);
    assertThat(groups("Pending")).hasSize(1);
    assertThat(firings()).isEmpty();

    point(8, "red", 12);
    turn(other, 13);
    assertThat(firings()).containsExactly("started");
    JsonNode run = run().path("alert");
    assertThat(run.path("openedAt").asString()).isEqualTo("2026-06-01T00:12:00Z");
    assertThat(run.path("value").asDouble()).isEqualTo(12);
    turn(monitors, 13);
    monitors.runner().forget();
    turn(monitors, 14);
    assertThat(firings()).containsExactly("started");
  }

  @Test
  void aSilencedAlertStartsNoRunAndOverlappingSilencesAreRefused() {
    put(Map.of("above", 10), Map.of());
    JsonNode silence =
        admin
            .post(
                "/monitors/costs/silences",
                Map.of("endsAt", "2026-06-01T02:00:00Z", "reason", "sale"))
            .expect(201);
    assertThat(silence.path("author").asString()).isEqualTo("admin");
    assertThat(
            admin
                .post(
                    "/monitors/costs/silences",
                    Map.of(
                        "endsAt",
                        "2026-06-01T03:00:00Z",
                        "reason",
                        "again",
                        "labels",
                        Map.of("campaign", "red")))
                .problem(409, "conflict"))
        .contains("admin silenced");
    turn(monitors, 1);
    point(2, "red", 11);
    turn(monitors, 3);
    assertThat(firings()).containsExactly("skipped");
    assertThat(admin.get("/triggers/costs/firings").expect(200).toString())
        .contains("Silenced by admin until 2026-06-01T02:00:00Z: sale");
    admin.delete("/monitors/costs/silences/" + silence.path("id").asInt()).expect(204);
    point(4, "red", 1);
    turn(monitors, 5);
    point(6, "red", 20);
    turn(monitors, 7);
    assertThat(firings()).containsExactly("started", "skipped");
  }

  @Test
  void aGroupAddsItsSeriesUpAndSilenceIsShown() {
    put(
        Map.of("above", 15),
        Map.of("by", List.of(), "every", "PT5M", "aggregation", "sum", "noDataAfter", "PT20M"));
    turn(monitors, 1);
    point(6, "red", 10);
    turn(monitors, 7);
    point(6, "blue", 9);
    turn(monitors, 11);
    assertThat(firings()).containsExactly("started");
    assertThat(run().at("/alert/value").asDouble()).isEqualTo(19);
    turn(monitors, 40);
    assertThat(groups("NoData")).hasSize(1);
  }

  @Test
  void aSeriesThatAppearsLaterIsWatchedAndARemovedMonitorIsNot() {
    put(Map.of("above", 10), Map.of());
    turn(monitors, 1);
    point(2, "green", 11);
    turn(monitors, 3);
    assertThat(firings()).containsExactly("started");
    admin.delete("/triggers/costs").expect(204);
    point(4, "red", 11);
    turn(monitors, 5);
    assertThat(
            door.database()
                .jooq()
                .fetchSingle("select count(*) from segue.monitor_group")
                .get(0, Integer.class))
        .isZero();
  }

  @Test
  void aSeriesThatAnotherMonitorSawFirstIsWatchedByAll() {
    put(Map.of("above", 10), Map.of());
    turn(monitors, 1);
    point(2, "green", 11);
    put("others", Map.of("above", 500), Map.of());
    turn(monitors, 3);
    assertThat(firings()).containsExactly("started");
  }

  @Test
  void aBacktestSaysWhatWouldHaveBeenAndHowItDiffers() {
    for (int i = 1; i <= 600; i++) {
      point(i, "red", i / 100 % 2 == 1 ? 20 : i % 200 == 50 ? 12 : 5);
    }
    now = START.plus(Duration.ofMinutes(700));
    put(Map.of("above", 15), Map.of());
    Map<String, Object> looser =
        Map.of("metric", "ad_costs", "condition", Map.of("above", 10), "for", "PT0S");
    JsonNode result =
        admin
            .post(
                "/monitors/backtest",
                Map.of("id", "costs", "monitor", looser, "from", START.toString()))
            .expect(200);
    assertThat(result.path("points").asInt()).isEqualTo(602);
    assertThat(result.path("firings").valueStream().map(f -> f.path("openedAt").asString()))
        .containsExactly(
            "2026-06-01T00:50:00Z",
            "2026-06-01T01:40:00Z",
            "2026-06-01T04:10:00Z",
            "2026-06-01T05:00:00Z",
            "2026-06-01T07:30:00Z",
            "2026-06-01T08:20:00Z");
    assertThat(result.path("added").asInt()).isEqualTo(3);
    assertThat(result.path("missed")).isEmpty();
    assertThat(result.at("/firings/1/duration").asString()).isEqualTo("PT1H40M");
    assertThat(result.at("/firings/1/peak").asDouble()).isEqualTo(20);
    assertThat(result.at("/firings/1/inForce").asBoolean()).isTrue();
    assertThat(firings()).isEmpty();
  }

  @Test
  void rulesThatMakeNoSenseAreRefusedWithTheField() {
    assertThat(refused(Map.of("metric", "unknown", "condition", Map.of("above", 1))))
        .contains("There is no metric unknown");
    assertThat(refused(Map.of("metric", "ad_costs", "condition", Map.of("above", 1, "below", 3))))
        .contains("exactly one of");
    assertThat(
            refused(Map.of("metric", "ad_costs", "condition", Map.of("above", 1, "recovery", 2))))
        .contains("recovery level");
    assertThat(
            refused(
                Map.of(
                    "metric",
                    "ad_costs",
                    "condition",
                    Map.of("anomaly", Map.of("zone", "Mars/Base")))))
        .contains("There is no zone Mars/Base");
  }

  @Test
  void aPauseHoldsForTheNextAlertAndSoDoesItsEnd() {
    put(Map.of("above", 10, "recovery", 8), Map.of());
    turn(monitors, 1);
    admin.patch("/triggers/costs", Map.of("paused", true, "reason", "sale")).expect(200);
    point(1, "red", 11);
    turn(monitors, 2);
    assertThat(firings()).containsExactly("skipped");
    point(3, "red", 1);
    turn(monitors, 4);
    admin.patch("/triggers/costs", Map.of("paused", false)).expect(200);
    point(5, "red", 12);
    turn(monitors, 6);
    assertThat(firings()).containsExactlyInAnyOrder("started", "skipped");
  }

  @Test
  void aPackageMayBringAPausedMonitorOfAMetricThatIsNotThereYet() {
    ObjectNode declared =
        Json.parse(
                """
                {"id": "clicks", "paused": true,
                 "monitor": {"metric": "ad_clicks", "condition": {"above": 1}}}
                """)
            .asObject();
    assertThat(packages.problems("order", FormRules.NONE, List.of(declared))).isEmpty();
    door.database().inTransaction(tx -> packages.deployed(tx, "order", List.of(declared), "mia"));
    assertThat(admin.patch("/triggers/clicks", Map.of("paused", false)).problem(422, "invalid"))
        .contains("There is no metric ad_clicks");
    declared.put("paused", false);
    assertThat(packages.problems("order", FormRules.NONE, List.of(declared)))
        .singleElement()
        .asString()
        .contains("There is no metric ad_clicks");

    metrics.write(List.of(new Sample(SeriesKey.of("ad_clicks", Map.of()), now, 1)));
    admin.patch("/triggers/clicks", Map.of("paused", false)).expect(200);
  }

  private String refused(Map<String, Object> monitor) {
    return admin
        .put("/triggers/wrong", Map.of("workflow", "order", "monitor", monitor))
        .problem(422, "invalid");
  }

  private void put(Map<String, Object> condition, Map<String, Object> more) {
    put("costs", condition, more);
  }

  private void put(String id, Map<String, Object> condition, Map<String, Object> more) {
    Map<String, Object> monitor = new HashMap<>(more);
    monitor.put("metric", "ad_costs");
    monitor.put("condition", condition);
    admin
        .put("/triggers/" + id, Map.of("workflow", "order", "title", "Costs", "monitor", monitor))
        .expect(201);
  }

  private void turn(Monitors server, int minute) {
    now = START.plus(Duration.ofMinutes(minute)).plusSeconds(10);
    server.runner().reload();
    server.runner().round();
  }

  private void point(int minute, String campaign, double value) {
    Instant at = START.plus(Duration.ofMinutes(minute));
    metrics.write(
        List.of(new Sample(SeriesKey.of("ad_costs", Map.of("campaign", campaign)), at, value)));
  }

  private List<String> firings() {
    return admin
        .get("/triggers/costs/firings")
        .expect(200)
        .path("items")
        .valueStream()
        .map(firing -> firing.path("outcome").asString())
        .toList();
  }

  private JsonNode groups(String phase) {
    return admin.get("/monitors/costs/groups?phase=" + phase).expect(200).path("items");
  }

  private JsonNode run() {
    return Json.parse(
        door.database().jooq().fetchSingle("select variables from segue.run").get(0, String.class));
  }

  private InstantSource clock() {
    return () -> now;
  }

  private List<Operation> operations(Database database, People people) {
    List<Operation> operations = new ArrayList<>();
    monitors = server(database, people, operations);
    other = server(database, people, new ArrayList<>());
    return operations;
  }

  private Monitors server(Database database, People people, List<Operation> operations) {
    Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    outboxes.add(outbox);
    Runs runs =
        new Runs(
            new Runs.Ground(database, engine(), outbox, events, people.audit()),
            new Runs.Neighbours(
                new OneWorkflow(),
                site -> true,
                new NoParts(),
                (tx, job, happened, result, by) -> {}));
    Triggers triggers =
        new Triggers(
            new Triggers.Ground(
                database, runs.starter(), new OneWorkflow(), people.audit(), clock()));
    Monitors made =
        new Monitors(
            new Monitors.Ground(
                database, triggers, outbox, runs.messages(), people.audit(), clock()));
    packages = triggers.declared();
    operations.addAll(triggers.operations());
    operations.addAll(made.operations());
    return made;
  }

  /** Takes messages and never starts a run: what matters here is what was committed before. */
  private Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            MonitorsIT.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("publish")) {
                published.add((Message) arguments[0]);
                return 1L;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static final class OneWorkflow implements WorkflowLookup {
    @Override
    public Optional<Startable> find(String workflowId, @Nullable Integer version) {
      return Optional.of(new Startable(workflowId, "Order", 1, 7, false));
    }

    @Override
    public Map<String, DiagramElement> elements(long processDefinitionKey) {
      return Map.of();
    }
  }

  private static final class NoParts implements RunParts {
    @Override
    public List<?> approvals(Collection<Long> processInstanceKeys) {
      return List.of();
    }

    @Override
    public List<?> changeSets(Collection<UUID> runIds) {
      return List.of();
    }
  }
}
