package dev.segue.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.FailCommand;
import dev.segue.bpmn.engine.Job;
import dev.segue.bpmn.engine.JobHandler;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StepWorker;
import dev.segue.bpmn.model.Feel;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.history.Projector;
import dev.segue.server.runs.history.ProjectorSettings;
import dev.segue.server.steps.RunContexts;
import dev.segue.server.storage.Database;
import dev.segue.server.workflows.WorkflowPackage;
import dev.segue.server.workflows.Workflows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Runs on a real broker, with its exporter and a real database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  /** A key as partition 1 makes them. */
  private static final long NO_INSTANCE = (1L << 51) + 999_999;

  private static final Principal MIA =
      new Principal(
          UUID.randomUUID(),
          "mia",
          "Mia",
          Set.of(Role.ADMIN),
          Set.of(),
          null,
          Principal.Door.TOKEN);

  private static final List<StepWorker> WORKERS = new ArrayList<>();

  private static LiveEngine live;
  private static Database database;
  private static EventBus events;
  private static Outbox outbox;
  private static Projector projector;
  private static Workflows workflows;
  private static Runs runs;
  private static final AtomicInteger lostAnswers = new AtomicInteger();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    live = new LiveEngine(folder);
    database = live.database();
    events = new EventBus();
    outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    projector =
        new Projector(
            new Projector.Surroundings(database, events, outbox, new SimpleMeterRegistry()),
            ProjectorSettings.DEFAULT,
            Clock.systemUTC());
    Audit audit = new Audit(database);
    Engine forgetful = forgetful();
    workflows =
        new Workflows(
            new Workflows.Ground(database, forgetful, events, audit, new Feel()),
            type -> type.startsWith("shop:"));
    runs =
        new Runs(
            new Runs.Ground(database, forgetful, outbox, events, audit),
            new Runs.Neighbours(
                Workflows.lookup(database),
                site -> site.equals("berlin"),
                new NoParts(),
                (tx, job, happened, result, by) -> {}));
    outbox.start();
    projector.start();
    workflows.deployer().deploy(WorkflowPackage.files(ShopDiagrams.files()), "mia");
  }

  @AfterAll
  static void stop() {
    projector.close();
    outbox.close();
    events.close();
    live.close();
  }

  @AfterEach
  void closeWorkers() {
    WORKERS.forEach(StepWorker::close);
    WORKERS.clear();
  }

  @Test
  @Order(1)
  void showsTheWholeHistoryOfARun() {
    serve("shop:pick:1", job -> complete(job, "{\"picked\":3}"));
    serve("shop:pack:1", job -> complete(job, "{}"));
    UUID runId =
        begin("order", Json.object().put("customer", "ann").put("note", "x".repeat(5_000)));
    await().atMost(SOON).until(() -> run(runId).openApprovals() == 1);
    long task = keyOf("select user_task_key from history.user_task where state = 'created'");
    live.engine().completeTask(task, "{\"approved\":true}", "approve");
    await().atMost(SOON).until(() -> run(runId).state() == RunView.State.COMPLETED);

    RunDetails.Detail detail = runs.details().find(runId).orElseThrow();
    assertThat(detail.timeline())
        .extracting(TimelineEntry::name)
        .containsSubsequence(
            "Order came in", "Pick", "Approve", "Wait", "Pack the parcel", "Parcel sent");
    assertThat(detail.timeline())
        .filteredOn(entry -> entry.element().equals("pick"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.type()).isEqualTo("serviceTask");
              assertThat(entry.state()).isEqualTo("completed");
              assertThat(entry.stepType()).isEqualTo("shop:pick:1");
              assertThat(entry.durationMillis()).isNotNegative();
              assertThat(entry.run()).isEqualTo(runId);
              assertThat(entry.parent()).isNull();
              assertThat(entry.input().path("order").path("customer").asString()).isEqualTo("ann");
              assertThat(entry.input().path("note").asString()).hasSize(4001).endsWith("…");
              assertThat(entry.input().has("picked")).isFalse();
            });
    assertThat(detail.timeline())
        .filteredOn(entry -> entry.element().equals("start"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.name()).isEqualTo("Start event");
              assertThat(entry.run()).isNotEqualTo(runId);
              assertThat(entry.parent()).isEqualTo(id(detail, "parcel"));
            });
    assertThat(detail.flows())
        .containsExactlyInAnyOrder(
            new RunDetails.TakenFlow("f1", 1),
            new RunDetails.TakenFlow("f2", 1),
            new RunDetails.TakenFlow("f3", 1),
            new RunDetails.TakenFlow("f4", 1),
            new RunDetails.TakenFlow("f5", 1));
    assertThat(inPagesOf(3, runId)).isEqualTo(detail.timeline());
    assertThat(detail.timeline()).extracting(TimelineEntry::element).contains("pack");
    assertThat(detail.variables().toString())
        .contains("\"customer\":\"ann\"", "\"picked\":3", "\"approved\":true")
        .doesNotContain("segue");
    assertThat(count("history.timer where state = 'triggered'")).isEqualTo(1);
    assertThat(count("segue.run where start_kind = 'call' and mode = 'live'")).isEqualTo(1);
    RunHealth.Health health = workflows.list().find("order").orElseThrow().health();
    assertThat(health.state()).isEqualTo(RunHealth.State.GOOD);
    assertThat(health.completed()).isEqualTo(1);
    assertThat(health.active()).isZero();
    assertThat(health.lastRunState()).isEqualTo(RunView.State.COMPLETED);
  }

  private static String id(RunDetails.Detail detail, String element) {
    return detail.timeline().stream()
        .filter(entry -> entry.element().equals(element))
        .findFirst()
        .map(TimelineEntry::id)
        .orElseThrow();
  }

  private static List<TimelineEntry> inPagesOf(int size, UUID runId) {
    List<TimelineEntry> entries = new ArrayList<>();
    Page<TimelineEntry> page = runs.details().timeline(runId, new PageRequest(size, null));
    entries.addAll(page.items());
    while (page.next() != null) {
      TimelineEntry last = page.items().getLast();
      page =
          runs.details()
              .timeline(runId, new PageRequest(size, Cursor.of(last.startedAt(), last.id())));
      entries.addAll(page.items());
    }
    return entries;
  }

  @Test
  @Order(2)
  void resolvesAnIncidentAndGoesOn() {
    AtomicInteger calls = new AtomicInteger();
    serve(
        "shop:pick:1",
        job -> {
          if (calls.incrementAndGet() == 1) {
            live.engine()
                .fail(job.key(), new FailCommand(0, Duration.ZERO, "The shelf is empty", "{}"));
          } else {
            complete(job, "{}");
          }
        });
    UUID runId = begin("order", Json.object());
    await().atMost(SOON).until(() -> run(runId).state() == RunView.State.INCIDENT);
    IncidentView incident =
        runs.incidents()
            .list(new IncidentList.Filter("open", null, runId, null), new PageRequest(10, null))
            .items()
            .getFirst();
    assertThat(incident.message()).contains("The shelf is empty");
    assertThat(incident.elementName()).isEqualTo("Pick");
    assertThat(incident.workflowTitle()).isEqualTo("Orders");
    assertThat(incident.site()).isEqualTo("berlin");
    RunHealth.Health health = workflows.list().find("order").orElseThrow().health();
    assertThat(health.state()).isEqualTo(RunHealth.State.FAILING);
    assertThat(health.openIncidents()).isEqualTo(1);

    long key = Long.parseLong(incident.id());
    IncidentRepair.Resolution retry =
        new IncidentRepair.Resolution(
            "retry", Json.object().put("shelf", "B"), null, null, "refilled");
    runs.repair().resolve(key, retry, MIA);
    assertThatThrownBy(() -> runs.repair().resolve(key, retry, MIA))
        .isInstanceOf(ApiException.class);

    await().atMost(SOON).until(() -> run(runId).openApprovals() == 1);
    assertThat(run(runId).openIncidents()).isZero();
    assertThat(runs.details().find(runId).orElseThrow().variables().path("shelf").asString())
        .isEqualTo("B");
    runs.changes().cancel(runId, "mia", "enough");
    await().atMost(SOON).until(() -> run(runId).state() == RunView.State.CANCELLED);
    RunCounts.Count count =
        new RunCounts(database)
            .bySite(new RunCounts.Filter(null, null, "order", RunMode.LIVE, null))
            .getFirst();
    assertThat(count).isEqualTo(new RunCounts.Count("berlin", 2, 0, 0, 1, 1, 0));
  }

  @Test
  @Order(2)
  void findsRunsByWhatIsKnownOfThem() {
    UUID runId = begin("quick", Json.object(), "Table_12");
    String id = runId.toString();
    Instant made = run(runId).createdAt();

    assertThat(found(null, null, id.substring(0, 13).toUpperCase(Locale.ROOT))).contains(runId);
    assertThat(found(null, null, "table_")).containsExactly(runId);
    assertThat(found(null, null, "tablex")).isEmpty();
    assertThat(found(null, "Table_12", null)).containsExactly(runId);
    assertThat(found(null, "table_12", null)).isEmpty();
    assertThat(found("mia", null, null)).contains(runId);
    assertThat(found("ben", null, null)).isEmpty();
    RunList.Filter before =
        new RunList.Filter(List.of(), null, null, null, null, made, null, null, null, null);
    assertThat(runs.list().list(before, new PageRequest(10, null)).items())
        .extracting(RunView::id)
        .doesNotContain(runId);
    runs.changes().cancel(runId, "mia", "only looked for");
    await().atMost(SOON).until(() -> run(runId).state() == RunView.State.CANCELLED);
  }

  private static List<UUID> found(
      @Nullable String startedBy, @Nullable String businessKey, @Nullable String beginning) {
    RunList.Filter filter =
        new RunList.Filter(
            List.of(), null, null, null, null, null, startedBy, businessKey, beginning, null);
    return runs.list().list(filter, new PageRequest(10, null)).items().stream()
        .map(RunView::id)
        .toList();
  }

  @Test
  @Order(3)
  void showsItsOwnWritesWhileTheHistoryStandsStill() throws Exception {
    UUID runId;
    try (Connection connection = haltHistory()) {
      runId = begin("order", Json.object().put("customer", "bob"));
      assertThat(runs.list().list(RunList.Filter.NONE, new PageRequest(10, null)).items())
          .first()
          .extracting(RunView::id)
          .isEqualTo(runId);
      await().atMost(SOON).until(() -> run(runId).state() == RunView.State.ACTIVE);
      assertThat(runs.details().find(runId).orElseThrow().variables().path("customer").asString())
          .isEqualTo("bob");

      runs.changes().cancel(runId, "mia", "changed her mind");
      assertThat(run(runId).state()).isEqualTo(RunView.State.CANCELLING);
      assertThat(run(runId).cancelReason()).isEqualTo("changed her mind");
      connection.rollback();
    }
    await().atMost(SOON).until(() -> run(runId).state() == RunView.State.CANCELLED);
  }

  @Test
  @Order(4)
  void startsOnceThoughTheAnswerWasLost() throws Exception {
    UUID runId;
    try (Connection connection = haltHistory()) {
      lostAnswers.set(1);
      runId = begin("order", Json.object());
      await().atMost(SOON).until(() -> run(runId).processInstanceKey() != null);
      connection.rollback();
    }
    String key = run(runId).processInstanceKey();
    await()
        .atMost(SOON)
        .until(
            () ->
                count(
                        "history.variable v join history.run r on r.process_instance_key = v.scope_key where v.name = 'segue' and v.value ->> 'runId' = '%s' and r.state = 'terminated'"
                            .formatted(runId))
                    == 1);
    assertThat(run(runId).processInstanceKey()).isEqualTo(key);
    assertThat(run(runId).state()).isEqualTo(RunView.State.ACTIVE);
    RunContexts contexts = runs.contexts(site -> Optional.empty());
    assertThat(
            contexts.find(
                new RunContexts.Query(NO_INSTANCE, "order", Optional.of(runId.toString()))))
        .isInstanceOf(RunContexts.Lookup.Forbidden.class);
    runs.changes().cancel(runId, "mia", "enough");
  }

  @Test
  @Order(5)
  void refusesWhatCannotStart() {
    assertThatThrownBy(() -> begin("nothing", Json.object()))
        .hasMessageContaining("There is no workflow nothing");
    assertThatThrownBy(() -> begin("order", Json.object().put("segue", 1)))
        .hasMessageContaining("Segue's own");
    assertThatThrownBy(() -> begin("order", Json.object().put("menu", "x".repeat(1_000_000))))
        .hasMessageContaining("Put bulk data into the business data");
    workflows.pause().set("order", true, "mia");
    assertThatThrownBy(() -> begin("order", Json.object())).hasMessageContaining("paused");
    workflows.pause().set("order", false, "mia");
  }

  @Test
  @Order(6)
  void takesInWhatWasDeployedAndStartedPastSegue() {
    live.engine()
        .deploy(
            List.of(
                Resource.of("stranger.bpmn", ShopDiagrams.oneStep("stranger", "elsewhere:do:1"))));
    await().atMost(SOON).until(() -> workflows.list().find("stranger").isPresent());
    assertThat(workflows.list().find("stranger").orElseThrow().findings())
        .extracting(finding -> finding.rule())
        .contains("past-segue", "unknown-step");

    long key = live.engine().start(StartCommand.latest("stranger", "{}")).processInstanceKey();
    await().atMost(SOON).until(() -> count("segue.run where process_instance_key = " + key) == 1);
    RunView stranger =
        runs.list()
            .list(
                new RunList.Filter(
                    List.of(), "stranger", null, null, null, null, null, null, null, null),
                new PageRequest(10, null))
            .items()
            .getFirst();
    assertThat(stranger.mode()).isNull();
    runs.changes().adopt(stranger.id(), RunMode.SIMULATED, "berlin", "mia");
    assertThat(run(stranger.id()).mode()).isEqualTo(RunMode.SIMULATED);
  }

  @Test
  @Order(7)
  void losesAndRepeatsNothingWhenTheBrokerIsKilled() {
    int before = count("history.run where bpmn_process_id = 'quick' and state = 'completed'");
    serve("shop:quick:1", job -> complete(job, "{}"));
    List<UUID> started = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      started.add(begin("quick", Json.object().put("number", i)));
      if (i == 15) {
        ProcessHandle.of(live.broker().pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(started.stream().map(RunsIT::run))
                    .allSatisfy(one -> assertThat(one.state()).isEqualTo(RunView.State.COMPLETED)));
    assertThat(
            count(
                "history.run r where bpmn_process_id = 'quick' and state = 'completed' and exists (select 1 from segue.run s where s.process_instance_key = r.process_instance_key)"))
        .isEqualTo(before + 30);
    assertThat(
            count(
                "history.sequence_flow f join history.run r using (process_instance_key) where r.bpmn_process_id = 'quick' and f.taken <> 1"))
        .isZero();
  }

  @Test
  @Order(8)
  void raisesAnAlarmInsteadOfTrustingAnEmptiedEngine() throws Exception {
    live.replaceByEmptyOne();
    live.engine()
        .deploy(List.of(Resource.of("quick.bpmn", ShopDiagrams.oneStep("quick", "shop:quick:1"))));

    await()
        .atMost(SOON)
        .until(
            () ->
                count(
                        "segue.alarm where kind = 'history' and cleared_at is null and message like 'The engine''s data was emptied or exchanged%'")
                    == 1);
  }

  private static UUID begin(String workflow, ObjectNode variables) {
    return begin(workflow, variables, null);
  }

  private static UUID begin(String workflow, ObjectNode variables, @Nullable String businessKey) {
    return runs.starter()
        .start(
            new StartRequest(
                UUID.randomUUID(),
                workflow,
                null,
                RunMode.LIVE,
                "berlin",
                businessKey,
                null,
                variables,
                "mia",
                StartRequest.BY_PERSON));
  }

  private static RunView run(UUID runId) {
    return runs.list().find(runId).orElseThrow();
  }

  private static void serve(String type, JobHandler handler) {
    WORKERS.add(
        live.engine()
            .serve(
                new JobSubscription(
                    type, "test", Duration.ofSeconds(10), 8, List.of(), Duration.ofMillis(200)),
                handler));
  }

  private static void complete(Job job, String variables) {
    live.engine().complete(job.key(), variables);
  }

  /** Holds the exporter's positions, so that it can't write. */
  private static Connection haltHistory() throws Exception {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("lock table history.exporter_position in exclusive mode");
    }
    return connection;
  }

  private static long keyOf(String sql) {
    return database.jooq().fetchSingle(sql).get(0, Long.class);
  }

  private static int count(String from) {
    return database.jooq().fetchSingle("select count(*) from " + from).get(0, Integer.class);
  }

  /** The engine, but for the answers of some starts, which get lost. */
  private static Engine forgetful() {
    return (Engine)
        Proxy.newProxyInstance(
            RunsIT.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(live.engine(), arguments);
                if (method.getName().equals("start")
                    && lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                  throw new EngineException(
                      EngineException.Kind.UNAVAILABLE, "the answer was lost", true, null);
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
