package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.steps.InMemoryEngine.JobRecord;
import dev.segue.server.steps.InMemoryEngine.State;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What steps do to the world when jobs come twice, servers die, and people decide. */
@TestInstance(Lifecycle.PER_CLASS)
class JournalIT {

  private static final String NOTE = "recorder:note:1";
  private static final String SEND = "recorder:send:1";
  private static final String READ = "recorder:read:1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path temp;
  private Database database;
  private InMemoryEngine engine;
  private StepsFixture server;
  private long run = 100;
  private Path file;

  @BeforeAll
  void startServer(@TempDir Path folder) {
    temp = folder;
    database = Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults());
    engine = new InMemoryEngine();
    server = new StepsFixture(temp, engine, database, StepsFixture.QUICK).start();
  }

  @AfterAll
  void stopServer() {
    server.close();
    engine.close();
    database.close();
  }

  @BeforeEach
  void nextRun() {
    run++;
    file = temp.resolve("effects-" + run);
  }

  @Test
  void aStepWithAnEffectRunsOnceAndGivesItsResult() {
    JobRecord job = offer(NOTE, Map.of("resultVariable", "noted"), "");

    awaitState(job, State.COMPLETED);
    assertThat(job.answer).isEqualTo("{\"noted\":{\"text\":\"hello\",\"attempts\":1}}");
    assertThat(StepsFixture.effects(file)).hasSize(1);
    assertThat(journalState(job)).isEqualTo("done");
  }

  @Test
  void aSecondDeliveryIsAnsweredFromTheRecord() {
    JobRecord job = offer(SEND, Map.of("resultVariable", "sent"), "");
    awaitState(job, State.COMPLETED);
    String first = job.answer;

    job.state = State.OPEN;
    job.answer = "";
    engine.deliver(job);

    awaitState(job, State.COMPLETED);
    assertThat(job.answer).isEqualTo(first);
    assertThat(StepsFixture.effects(file)).hasSize(1);
  }

  @Test
  void aStepWithoutAnEffectLeavesNoJournal() {
    JobRecord job =
        engine.offer(READ, run, Map.of("resultVariable", "r"), "{\"value\":{\"a\":[1,2]}}");

    awaitState(job, State.COMPLETED);
    assertThat(job.answer).contains("\"value\":{\"a\":[1,2]}", "\"runId\":\"run-" + run);
    assertThat(journalState(job)).isEmpty();
  }

  @Test
  void aDeadServersSendIsLeftToAPerson() {
    JobRecord job = orphan(SEND);

    awaitState(job, State.INCIDENT);
    assertThat(job.failures.getLast())
        .contains("Nobody knows whether the step 'Send' happened", "'happened'", "'task'");
    assertThat(StepsFixture.effects(file)).isEmpty();

    EffectsInDoubt doubts = new EffectsInDoubt(database);
    EffectsInDoubt.Doubt doubt = doubts.ofJob(job.key()).orElseThrow();
    assertThat(doubts.ofRun(run)).containsExactly(doubt);
    boolean noted =
        database.transaction(
            tx ->
                doubts.happened(
                    tx,
                    doubt.key(),
                    JsonMapper.shared().createObjectNode().put("text", "as ada saw"),
                    "ada"));
    assertThat(noted).isTrue();
    engine.resolve(job);

    awaitState(job, State.COMPLETED);
    assertThat(job.answer).contains("as ada saw");
    assertThat(StepsFixture.effects(file)).isEmpty();
  }

  @Test
  void aSendThatAPersonSaysDidNotHappenIsRunAgain() {
    JobRecord job = orphan(SEND);
    awaitState(job, State.INCIDENT);
    EffectsInDoubt doubts = new EffectsInDoubt(database);
    String key = doubts.ofJob(job.key()).orElseThrow().key();

    assertThat(database.<Boolean>transaction(tx -> doubts.didNotHappen(tx, key, "ada"))).isTrue();
    assertThat(database.<Boolean>transaction(tx -> doubts.didNotHappen(tx, key, "bob"))).isFalse();
    engine.resolve(job);

    awaitState(job, State.COMPLETED);
    assertThat(StepsFixture.effects(file)).hasSize(1);
  }

  @Test
  void anIncidentResolvedWithoutADecisionAsksAgain() {
    JobRecord job = orphan(SEND);
    awaitState(job, State.INCIDENT);

    engine.resolve(job);

    await().atMost(PATIENCE).until(() -> job.failures.size() == 2);
    awaitState(job, State.INCIDENT);
    assertThat(StepsFixture.effects(file)).isEmpty();
  }

  @Test
  void aDeadServersNoteIsRunAgainWithTheSameKey() {
    JobRecord job = orphan(NOTE);

    awaitState(job, State.COMPLETED);
    assertThat(StepsFixture.effects(file)).hasSize(1);
    assertThat(attempt(job)).isEqualTo(2);
  }

  @Test
  void aLiveServersLeaseIsWaitedFor() {
    JobRecord job = prepared(SEND);
    begunElsewhere(job, Duration.ofSeconds(3), UUID.randomUUID());
    engine.deliver(job);

    await().atMost(PATIENCE).until(() -> !job.failures.isEmpty());
    assertThat(job.failures.getFirst()).contains("Another attempt");
    assertThat(job.retries).isEqualTo(3);

    database
        .jooq()
        .execute(
            "update segue.step_journal set state = 'done', result = '{\"text\":\"theirs\"}'"
                + " where idempotency_key = ?",
            key(job));
    awaitState(job, State.COMPLETED);
    assertThat(StepsFixture.effects(file)).isEmpty();
  }

  @Test
  void aStoppedServersLeaseCountsForNothing() {
    UUID gone = UUID.randomUUID();
    database
        .jooq()
        .execute(
            "insert into segue.server (server_id, host, version, stopped_at) values (?, 'h', '1', now())",
            gone);
    JobRecord job = prepared(NOTE);
    begunElsewhere(job, Duration.ofHours(1), gone);
    engine.deliver(job);

    awaitState(job, State.COMPLETED);
    assertThat(StepsFixture.effects(file)).hasSize(1);
  }

  @Test
  void aFaultOfAStepThatMayRepeatIsRetried() {
    JobRecord job = offer(NOTE, Map.of("resultVariable", "n"), ",\"failTimes\":2");

    awaitState(job, State.COMPLETED);
    assertThat(job.failures)
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).contains("as it was told to"));
    assertThat(job.answer).contains("\"attempts\":3");
    assertThat(StepsFixture.effects(file)).hasSize(1);
  }

  @Test
  void aFaultOfAStepThatMayNotRepeatIsLeftToAPerson() {
    JobRecord job = offer(SEND, Map.of(), ",\"failTimes\":1");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures)
        .singleElement()
        .asString()
        .contains("Nobody knows", "as it was told to");
    assertThat(journalState(job)).isEqualTo("in_doubt");
  }

  @Test
  void retriesPauseAsTheDiagramSaysAndEndInAnIncident() {
    JobRecord job = offer(NOTE, Map.of("retryBackoff", "PT0.02S"), ",\"failTimes\":9");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures).hasSize(3);
    assertThat(job.pauses.getFirst()).isEqualTo(Duration.ofMillis(20));
    assertThat(job.failures.getLast())
        .contains(
            "The step 'Note' (recorder:note:1) stopped at 'task'", "then resolve this incident");
  }

  @Test
  void anErrorForTheDiagramEndsTheJobAndFreesTheKey() {
    JobRecord job = offer(SEND, Map.of(), ",\"errorCode\":\"OUT_OF_FLOUR\"");

    awaitState(job, State.ERROR);
    assertThat(job.answer).startsWith("OUT_OF_FLOUR: ");
    assertThat(journalState(job)).isEqualTo("abandoned");
  }

  @Test
  void wrongInputIsAnIncidentAtOnceAndNothingIsBegun() {
    JobRecord job = engine.offer(SEND, run, Map.of(), "{\"file\":\"" + file + "\"}");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures).singleElement().asString().contains("'text'", "input mapping");
    assertThat(StepsFixture.effects(file)).isEmpty();
  }

  @Test
  void aStepThatTakesTooLongIsInterrupted() {
    JobRecord job = offer(NOTE, Map.of("segue.timeout", "PT1S"), ",\"sleepBefore\":\"PT5M\"");
    await().atMost(PATIENCE).until(() -> !job.failures.isEmpty());

    assertThat(job.failures.getFirst()).contains("took more than PT1S", "segue.timeout");
    engine.cancelJob(job);
  }

  @Test
  void aBadTimeoutNamesTheHeader() {
    JobRecord job = offer(NOTE, Map.of("segue.timeout", "soon"), "");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures.getFirst()).contains("segue.timeout", "'soon'", "PT5M");
  }

  @Test
  void aJobThatIsGoneInterruptsItsStep() {
    JobRecord job = offer(NOTE, Map.of(), ",\"sleepBefore\":\"PT5M\"");
    await().atMost(PATIENCE).until(() -> attemptsOf(file) == 1);
    engine.cancelJob(job);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(server.dispatcher.activeJobs()).isZero());
    assertThat(StepsFixture.effects(file)).isEmpty();
  }

  @Test
  void aLongStepKeepsItsJobAndItsLease() {
    JobRecord job = offer(SEND, Map.of(), ",\"sleepAfter\":\"PT5S\"");
    await().atMost(PATIENCE).until(() -> StepsFixture.effects(file).size() == 1);
    await().atMost(PATIENCE).until(() -> job.extensions >= 3);

    engine.deliver(job);
    awaitState(job, State.COMPLETED);
    assertThat(StepsFixture.effects(file)).hasSize(1);
    assertThat(job.failures).isEmpty();
  }

  @Test
  void aSimulatedRunAltersNothing() {
    server.modes.put(run, RunMode.SIMULATED);
    JobRecord job = offer(SEND, Map.of("resultVariable", "sent"), "");

    awaitState(job, State.COMPLETED);
    assertThat(job.answer).contains("hello");
    assertThat(StepsFixture.effects(file)).isEmpty();
    assertThat(journalState(job)).isEmpty();
  }

  @Test
  void aRunOfUnknownModeReadsButAltersNothing() {
    server.modes.put(run, RunMode.UNKNOWN);
    JobRecord send = offer(SEND, Map.of(), "");
    JobRecord read = engine.offer(READ, run, Map.of("resultVariable", "r"), "{\"value\":1}");

    awaitState(send, State.INCIDENT);
    awaitState(read, State.COMPLETED);
    assertThat(send.failures.getFirst()).contains("started past Segue", "Adopt the run");
    assertThat(read.answer).contains("\"simulated\":true");

    server.modes.put(run, RunMode.LIVE);
    engine.resolve(send);
    awaitState(send, State.COMPLETED);
  }

  @Test
  void aRunThatIsntKnownYetIsWaitedForWithoutLosingRetries() {
    var known = server.runs;
    server.runs = key -> new RunContexts.Lookup.NotYet("its projection");
    try {
      JobRecord job = offer(SEND, Map.of(), "");
      await().atMost(PATIENCE).until(() -> !job.failures.isEmpty());
      assertThat(job.retries).isEqualTo(3);
      assertThat(StepsFixture.effects(file)).isEmpty();

      server.runs = known;
      awaitState(job, State.COMPLETED);
      assertThat(StepsFixture.effects(file)).hasSize(1);
    } finally {
      server.runs = known;
    }
  }

  @Test
  void expressionsMakeVariablesAndErrorsOfResults() {
    JobRecord mapped =
        offer(
            NOTE,
            Map.of("resultExpression", "= {said: upper case(text), all: response.attempts}"),
            "");
    JobRecord error =
        offer(
            NOTE,
            Map.of(
                "errorExpression",
                "= if text = \"hello\" then {code: \"TOO_POLITE\", message: text} else null"),
            "");

    awaitState(mapped, State.COMPLETED);
    assertThat(mapped.answer).isEqualTo("{\"said\":\"HELLO\",\"all\":1}");
    awaitState(error, State.ERROR);
    assertThat(error.answer).isEqualTo("TOO_POLITE: hello");
  }

  @Test
  void aBrokenExpressionIsAnIncidentAndTheEffectIsntRepeated() {
    JobRecord job = offer(SEND, Map.of("resultExpression", "= 1 + 1"), "");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures.getFirst()).contains("did its work", "1 + 1");
    engine.resolve(job);
    await().atMost(PATIENCE).until(() -> job.failures.size() == 2);
    assertThat(StepsFixture.effects(file)).hasSize(1);
  }

  @Test
  void aConnectionsSecretIsMaskedInFailures() {
    server.connections.create(
        "peephole-" + run,
        "recorder:file",
        JsonMapper.shared().createObjectNode().put("path", "/tmp/x").put("token", "hunter2hunter2"),
        "ada");
    JobRecord job =
        engine.offer(
            "recorder:peek:1",
            run,
            Map.of("retryBackoff", "PT0S"),
            "{\"connection\":\"peephole-" + run + "\",\"fail\":true}");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures.getLast())
        .contains("refuses the token ********")
        .doesNotContain("hunter2");
  }

  @Test
  void aMissingConnectionSaysWhichOne() {
    JobRecord job = engine.offer("recorder:peek:1", run, Map.of(), "{\"connection\":\"nowhere\"}");

    awaitState(job, State.INCIDENT);
    assertThat(job.failures.getFirst()).contains("nowhere");
  }

  @Test
  void theTimelineTellsWhatEachAttemptDid() {
    JobRecord job = offer(NOTE, Map.of("resultVariable", "n"), ",\"failTimes\":1");
    awaitState(job, State.COMPLETED);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        database
                            .jooq()
                            .fetch(
                                "select outcome, plugin_version from segue.step_attempt"
                                    + " where job_key = ? order by started_at",
                                job.key())
                            .map(row -> row.get(0) + " " + row.get(1)))
                    .containsExactly("retry 1.0.0", "completed 1.0.0"));
  }

  @Test
  void manyEffectsAtATimeAreAllJournalled() {
    List<JobRecord> jobs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      jobs.add(offer(NOTE, Map.of("resultVariable", "n"), ""));
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jobs).allMatch(job -> job.state == State.COMPLETED));

    assertThat(StepsFixture.effects(file)).hasSize(300).doesNotHaveDuplicates();
  }

  private JobRecord offer(String type, Map<String, String> headers, String more) {
    return engine.offer(
        type, run, headers, "{\"file\":\"%s\",\"text\":\"hello\"%s}".formatted(file, more));
  }

  /** A job whose server died after it began the effect. */
  private JobRecord orphan(String type) {
    JobRecord job = prepared(type);
    begunElsewhere(job, Duration.ZERO, UUID.randomUUID());
    engine.deliver(job);
    return job;
  }

  /** A job that hasn't been delivered, as its run isn't known at first. */
  private JobRecord prepared(String type) {
    JobRecord job =
        engine.prepare(
            type,
            run,
            Map.of("resultVariable", "r"),
            "{\"file\":\"%s\",\"text\":\"hello\"}".formatted(file));
    return job;
  }

  private void begunElsewhere(JobRecord job, Duration lease, UUID by) {
    database
        .jooq()
        .execute(
            """
            insert into segue.step_journal
              (idempotency_key, process_instance_key, element_instance_key, element_id, job_key,
               step_type, plugin_version, state, attempt, server_id, lease_until)
            values (?, ?, ?, 'task', ?, 'x', '1', 'started', 1, ?, now() + ? * interval '1 ms')\
            """,
            key(job),
            run,
            job.elementInstanceKey(),
            job.key(),
            by,
            lease.toMillis());
  }

  private String key(JobRecord job) {
    return "run-" + run + "-" + job.elementInstanceKey();
  }

  private String journalState(JobRecord job) {
    return database
        .jooq()
        .fetch("select state from segue.step_journal where idempotency_key = ?", key(job))
        .map(row -> row.get(0, String.class))
        .stream()
        .findFirst()
        .orElse("");
  }

  private int attempt(JobRecord job) {
    return database
        .jooq()
        .fetchSingle("select attempt from segue.step_journal where idempotency_key = ?", key(job))
        .get(0, Integer.class);
  }

  private static int attemptsOf(Path file) {
    return StepsFixture.effects(Path.of(file + ".attempts")).size();
  }

  private static void awaitState(JobRecord job, State state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(job.state).as(() -> "failures: " + job.failures).isEqualTo(state));
  }
}
