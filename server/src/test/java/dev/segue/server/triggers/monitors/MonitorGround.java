package dev.segue.server.triggers.monitors;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Message;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.data.metrics.MetricLimits;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.data.metrics.MetricText;
import dev.segue.server.data.metrics.Sample;
import dev.segue.server.data.metrics.SeriesKey;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two servers with monitors over one database, behind the API, with a clock that is turned by hand.
 */
final class MonitorGround implements AutoCloseable {

  static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final EventBus events = new EventBus();
  private final List<Outbox> outboxes = new ArrayList<>();
  private final List<Monitors> servers = new ArrayList<>();
  private final Queue<Message> published = new ConcurrentLinkedQueue<>();
  private final TestDoor door;
  private final ApiClient admin;
  private final MetricStore metrics;
  private volatile Instant now = START;
  private @Nullable DeclaredTriggers packages;

  MonitorGround() {
    door = TestDoor.open(this::operations);
    admin = door.admin();
    metrics = new MetricStore(door.database(), MetricLimits.defaults(), clock());
    MetricText costs = new MetricText("ad_costs", "Costs", "EUR", "");
    door.database().inTransaction(tx -> metrics.describe(tx, costs, true));
  }

  static Instant minute(double minute) {
    return START.plusMillis(Math.round(minute * 60_000));
  }

  Monitors server() {
    return servers.getFirst();
  }

  /** The server that would take over. */
  Monitors other() {
    return servers.getLast();
  }

  Database database() {
    return door.database();
  }

  ApiClient admin() {
    return admin;
  }

  /** A viewer of one site. */
  ApiClient limitedTo(String site) {
    String password = "a long enough password";
    admin
        .post(
            "/users",
            Map.of(
                "username",
                "vera",
                "displayName",
                "Vera",
                "password",
                password,
                "roles",
                List.of("viewer"),
                "groups",
                List.of(),
                "sites",
                List.of(site)))
        .expect(201);
    return door.anybody().signIn("vera", password);
  }

  MetricStore metrics() {
    return metrics;
  }

  DeclaredTriggers packages() {
    return Objects.requireNonNull(packages);
  }

  Queue<Message> published() {
    return published;
  }

  /** Begins to publish messages. */
  void startOutboxes() {
    outboxes.forEach(Outbox::start);
  }

  Instant now() {
    return now;
  }

  void now(Instant time) {
    now = time;
  }

  /** A monitor of the metric {@code ad_costs}. */
  JsonNode put(String id, Map<String, Object> condition, Map<String, Object> more) {
    Map<String, Object> monitor = new HashMap<>(more);
    monitor.put("metric", "ad_costs");
    monitor.put("condition", condition);
    return admin
        .put("/triggers/" + id, Map.of("workflow", "order", "title", "Costs", "monitor", monitor))
        .expect(201);
  }

  /** Lets a server evaluate ten seconds after a minute. */
  void turn(Monitors which, int minute) {
    turn(which, minute(minute).plusSeconds(10));
  }

  void turn(Monitors which, Instant time) {
    now = time;
    which.runner().reload();
    which.runner().round();
  }

  void point(double minute, String campaign, double value) {
    point(minute, Map.of("campaign", campaign), value);
  }

  void point(double minute, Map<String, String> labels, double value) {
    metrics.write(List.of(new Sample(SeriesKey.of("ad_costs", labels), minute(minute), value)));
  }

  List<String> firings(String id) {
    return admin
        .get("/triggers/" + id + "/firings")
        .expect(200)
        .path("items")
        .valueStream()
        .map(firing -> firing.path("outcome").asString())
        .toList();
  }

  JsonNode groups(String id, String phase) {
    return admin.get("/monitors/" + id + "/groups?phase=" + phase).expect(200).path("items");
  }

  @Override
  public void close() throws Exception {
    outboxes.forEach(Outbox::close);
    events.close();
    door.close();
  }

  private InstantSource clock() {
    return () -> now;
  }

  private List<Operation> operations(Database database, People people) {
    List<Operation> operations = new ArrayList<>();
    servers.add(server(database, people, operations));
    servers.add(server(database, people, new ArrayList<>()));
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
            MonitorGround.class.getClassLoader(),
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
}
