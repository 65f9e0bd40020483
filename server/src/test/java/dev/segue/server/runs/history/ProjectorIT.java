package dev.segue.server.runs.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.events.AfterCommit;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProjectorIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final DatabaseAddress address = TestPostgres.shared().migrated();
  private final Database database =
      Database.open(address, DatabaseSettings.defaults(), AfterCommit.provider());
  private final DSLContext db = database.jooq();
  private final EventBus events = new EventBus();
  private final Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
  private final List<HistoryEvent> told = new CopyOnWriteArrayList<>();
  private final UUID engine = EngineIdentity.ensure(db);
  private final RawHistory first = new RawHistory(db, engine, 1);
  private final RawHistory second = new RawHistory(db, engine, 2);
  private final Projector projector = projector(ProjectorSettings.DEFAULT);

  @BeforeEach
  void start() {
    events.subscribe(HistoryEvent.class, told::add);
    projector.start();
  }

  @AfterEach
  void stop() {
    projector.close();
    outbox.close();
    events.close();
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void projectsARunAndTellsOfIt() {
    UUID runId = start("bakery");
    first.context(7, runId);
    first.process(7, "ELEMENT_ACTIVATED");
    first.variable(7, "loaves", "{\"rye\":[1,2.50]}");
    first.element(8, 7, "bake", "ELEMENT_ACTIVATED");
    awaitCount(1, "history.element where state = 'active'");
    first.element(8, 7, "bake", "ELEMENT_COMPLETED");
    first.incident(9, 7, "CREATED");
    awaitCount(1, "history.run where open_incidents = 1");
    first.incident(9, 7, "RESOLVED");
    first.process(7, "ELEMENT_COMPLETED");
    awaitCount(1, "history.run where state = 'completed' and open_incidents = 0");

    assertThat(count("history.element where state = 'completed' and ended_at > started_at"))
        .isEqualTo(1);
    assertThat(count("history.variable where value -> 'rye' ->> 1 = '2.50'")).isEqualTo(1);
    assertThat(
            count(
                "segue.run where run_id = '%s' and process_instance_key = 7 and state = 'ended'"
                    .formatted(runId)))
        .isEqualTo(1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(told)
                    .contains(
                        new HistoryEvent.RunStarted(7, runId, "bakery", 1, null),
                        new HistoryEvent.RunEnded(7, runId, "bakery", true)));
  }

  @Test
  void tellsTheLiveFeedWhatABatchTouchedEachThingOnce() throws Exception {
    List<JsonNode> hints = new CopyOnWriteArrayList<>();
    try (AutoCloseable listening =
        database.listen(
            "segue_live", payload -> Json.parse(payload).path("e").forEach(hints::add))) {
      db.execute(
          "insert into segue.workflow (workflow_id, title, latest_version) values ('a', 'A', 1)");
      await()
          .atMost(SOON)
          .until(
              () -> db.execute("update segue.workflow set title = 'B'") == 1 && !hints.isEmpty());
      UUID runId = start("bakery");
      db.execute("update segue.run set site_id = 'north' where run_id = ?", runId);
      database.inTransaction(
          tx -> {
            RawHistory batch = new RawHistory(tx, engine, 1);
            batch.context(7, runId);
            batch.process(7, "ELEMENT_ACTIVATED");
            for (int i = 0; i < 100; i++) {
              batch.element(100 + i, 7, "bake", "ELEMENT_ACTIVATED");
              batch.element(100 + i, 7, "bake", "ELEMENT_COMPLETED");
            }
            batch.called(17, 7);
            batch.incident(9, 7, "CREATED");
          });
      await().atMost(SOON).until(() -> hints.stream().anyMatch(hint -> topic(hint, "incident")));
      assertThat(hints.stream().filter(hint -> topic(hint, "run")))
          .as("the run and the one that it called")
          .hasSize(2)
          .anySatisfy(
              hint -> {
                assertThat(hint.path("id").asString()).isEqualTo(runId.toString());
                assertThat(hint.path("workflow").asString()).isEqualTo("bakery");
                assertThat(hint.path("site").asString()).isEqualTo("north");
                assertThat(hint.path("state").asString()).isEqualTo("incident");
              })
          .anySatisfy(hint -> assertThat(hint.path("root").asString()).isEqualTo(runId.toString()));
      assertThat(hints.stream().filter(hint -> topic(hint, "incident")))
          .singleElement()
          .satisfies(
              hint -> {
                assertThat(hint.path("id").asString()).isEqualTo("9");
                assertThat(hint.path("run").asString()).isEqualTo(runId.toString());
                assertThat(hint.path("state").asString()).isEqualTo("open");
              });
      hints.clear();
      second.process(17, "ELEMENT_COMPLETED");
      await()
          .atMost(SOON)
          .until(
              () ->
                  hints.stream()
                      .anyMatch(
                          hint ->
                              topic(hint, "run")
                                  && hint.path("id").asString().equals(runId.toString())));
    }
  }

  private static boolean topic(JsonNode hint, String topic) {
    return hint.path("topic").asString().equals(topic);
  }

  @Test
  void letsTheFirstInstanceClaimAStartAndHasTheSecondCancelled() {
    UUID runId = start("bakery");
    first.context(7, runId);
    first.process(7, "ELEMENT_ACTIVATED");
    awaitCount(1, "segue.run where process_instance_key = 7");
    second.context(1007, runId);
    second.process(1007, "ELEMENT_ACTIVATED");

    awaitCount(1, "segue.outbox where kind = 'run.cancel-duplicate' and ref = '1007'");
    assertThat(count("segue.run")).isEqualTo(1);
    assertThat(count("segue.run where process_instance_key = 7")).isEqualTo(1);
  }

  @Test
  void givesStrangersNoModeAndCalledRunsTheirCallersContext() {
    UUID runId = start("bakery");
    first.context(7, runId);
    first.process(7, "ELEMENT_ACTIVATED");
    first.called(17, 7);
    first.called(27, 17);
    second.process(1007, "ELEMENT_ACTIVATED");

    awaitCount(4, "segue.run");
    assertThat(count("segue.run where process_instance_key = 1007 and mode is null")).isEqualTo(1);
    assertThat(
            count(
                "segue.run where process_instance_key in (17, 27) and mode = 'live' and root_run_id = '%s' and start_kind = 'call'"
                    .formatted(runId)))
        .isEqualTo(2);
  }

  @Test
  void raisesAnAlarmWhenPositionsGoBack() {
    first.process(7, "ELEMENT_ACTIVATED");
    first.element(8, 7, "bake", "ELEMENT_ACTIVATED");
    awaitCount(1, "history.projection_cursor where position = 2");
    first.position(db, 1);

    awaitCount(1, "segue.alarm where kind = 'history' and cleared_at is null");

    first.position(db, 2);
    awaitCount(1, "segue.alarm where kind = 'history' and cleared_at is not null");
  }

  @Test
  void leavesAnotherEnginesRecordsAlone() {
    RawHistory foreign = new RawHistory(db, UUID.randomUUID(), 1);
    foreign.process(7, "ELEMENT_ACTIVATED");

    awaitCount(1, "segue.alarm where message like 'This database belongs to engine %'");
    assertThat(count("history.run")).isZero();
  }

  @Test
  void handsOverToAnotherServerWithoutALossOrARepetition() {
    Projector other = projector(new ProjectorSettings(3, Duration.ofMillis(200), 7));
    other.start();
    try {
      for (int i = 1; i <= 20; i++) {
        first.add(
            "PROCESS_INSTANCE", "SEQUENCE_FLOW_TAKEN", i, "{\"run\":7,\"element\":\"again\"}");
        if (i == 10) {
          projector.close();
        }
      }
      awaitCount(1, "history.projection_cursor where position = 20");
      assertThat(count("history.sequence_flow where taken = 20")).isEqualTo(1);
    } finally {
      other.close();
    }
  }

  @Test
  void projectsARunAnewOnlyFromAllItsRecords() {
    long run = (1L << 51) + 7;
    first.process(run, "ELEMENT_ACTIVATED");
    first.element(run + 1, run, "bake", "ELEMENT_ACTIVATED");
    first.incident(run + 2, run, "CREATED");
    awaitCount(1, "history.incident");
    db.execute("update history.element set element_id = 'spoilt'");
    HistoryRebuild rebuild = new HistoryRebuild(database);

    assertThat(rebuild.rebuild(run)).isTrue();
    assertThat(count("history.element where element_id = 'bake'")).isEqualTo(1);
    assertThat(count("history.run where open_incidents = 1")).isEqualTo(1);

    db.execute("delete from history.record where position = 1");
    assertThat(rebuild.rebuild(run)).isFalse();
    assertThat(rebuild.rebuild(4711)).isFalse();
    assertThat(count("history.element")).isEqualTo(1);
  }

  @Test
  void dropsOldDaysOnlyWhenTheyAreProjected() {
    Instant old = Instant.now().minus(30, ChronoUnit.DAYS);
    projector.close();
    first.at(old).process(7, "ELEMENT_ACTIVATED");
    RecordRetention retention = new RecordRetention(db, Clock.systemUTC(), 7);

    retention.run();
    assertThat(count("history.record")).isEqualTo(1);

    Projector other = projector(ProjectorSettings.DEFAULT);
    other.start();
    first.at(Instant.now()).process(7, "ELEMENT_COMPLETED");
    awaitCount(1, "history.run where state = 'completed'");
    other.close();
    retention.run();
    assertThat(count("history.record")).isEqualTo(1);
  }

  private Projector projector(ProjectorSettings settings) {
    return new Projector(
        new Projector.Surroundings(database, events, outbox, new SimpleMeterRegistry()),
        settings,
        Clock.systemUTC());
  }

  private UUID start(String workflow) {
    UUID runId = UUID.randomUUID();
    db.execute(
        """
        insert into segue.run (run_id, workflow_id, mode, started_by, start_kind, state)
        values (?, ?, 'live', 'mia', 'person', 'starting')\
        """,
        runId,
        workflow);
    return runId;
  }

  private void awaitCount(int expected, String from) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(count(from)).as(from).isEqualTo(expected));
  }

  private int count(String from) {
    return db.fetchSingle("select count(*) from " + from).get(0, Integer.class);
  }
}
