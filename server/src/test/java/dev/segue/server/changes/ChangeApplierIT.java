package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE;
import static dev.segue.server.storage.jooq.segue.Tables.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepType;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.runtime.schema.ConnectionResolver;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.RetryLater;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is approved is applied once, whatever dies on the way. */
class ChangeApplierIT {

  private static DatabaseAddress address;
  private static Database database;

  private final ChangeSets sets = new ChangeSets();
  private final UUID serverId = UUID.randomUUID();
  private final long processInstance = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
  private final SignPainting painting = new SignPainting();
  private final PluginCalls calls = new PluginCalls();
  private ApplyLedger ledger;
  private ChangeApplier applier;
  private StepBinding.Changing step;

  @BeforeAll
  static void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults());
  }

  @AfterAll
  static void close() {
    database.close();
    TestPostgres.shared().drop(address);
  }

  @BeforeEach
  void load() throws Exception {
    database
        .jooq()
        .insertInto(SERVER)
        .set(SERVER.SERVER_ID, serverId)
        .set(SERVER.HOST, "here")
        .set(SERVER.VERSION, "1")
        .execute();
    PluginDescription plugin =
        PluginDescription.of(
            "signs",
            () -> catalog -> catalog.step(painting),
            ChangeApplierIT.class.getClassLoader(),
            calls);
    step =
        (StepBinding.Changing)
            plugin.step(StepType.parse("signs:paint-signs.apply:1")).orElseThrow();
    ledger = new ApplyLedger(database, serverId);
    StepInvoker invoker = new StepInvoker(calls, Clock.systemUTC());
    applier = new ChangeApplier(database, sets, ledger, invoker);
  }

  @AfterEach
  void unload() {
    calls.close();
  }

  @Test
  void appliesEachChangeOnceInOrderHoweverOftenItIsAsked() {
    StoredChangeSet set = plan(3);

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Done.class);
    ApplyVerdict second = applier.apply(step, set, this::how);

    assertThat(painting.painted()).containsExactly(key(set, 0), key(set, 1), key(set, 2));
    assertThat(((ApplyVerdict.Done) second).output().path("painted").asInt()).isEqualTo(3);
    assertThat(state(set)).isEqualTo(ChangeSetState.APPLIED);
  }

  @Test
  void doesNotRepeatAnEffectWhoseServerDiedBeforeItCouldRecordIt() {
    StoredChangeSet set = plan(2);
    diedWhileApplying(set, 0);
    painting.past = new PastOutcome.Happened(new ChangeOutcome.Applied("seen outside"));

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Done.class);

    assertThat(painting.painted()).containsExactly(key(set, 1));
    assertThat(state(set)).isEqualTo(ChangeSetState.APPLIED);
  }

  @Test
  void triesAgainWhatCertainlyDidNotHappen() {
    StoredChangeSet set = plan(1);
    diedWhileApplying(set, 0);
    painting.past = new PastOutcome.DidNotHappen();

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Done.class);

    assertThat(painting.painted()).containsExactly(key(set, 0));
  }

  @Test
  void leavesToAPersonWhatNobodyKnowsAndGoesOnByTheirWord() {
    StoredChangeSet set = plan(2);
    diedWhileApplying(set, 0);

    ApplyVerdict doubt = applier.apply(step, set, this::how);

    assertThat(doubt).isInstanceOf(ApplyVerdict.InDoubt.class);
    assertThat(((ApplyVerdict.InDoubt) doubt).message())
        .contains("Paint sign 0", "happened", "did-not-happen");
    assertThat(painting.painted()).isEmpty();
    assertThat(state(set)).isEqualTo(ChangeSetState.IN_DOUBT);

    int settled =
        database.transaction(
            tx -> new Doubts(sets).settle(tx, processInstance, Doubts.Finding.HAPPENED, "anna"));

    assertThat(settled).isEqualTo(1);
    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Done.class);
    assertThat(painting.painted()).containsExactly(key(set, 1));
  }

  @Test
  void asksWhatHappenedAfterAFaultInsteadOfRepeating() {
    StoredChangeSet set = plan(1);
    painting.fault = new IllegalStateException("the brush broke");

    ApplyVerdict verdict = applier.apply(step, set, this::how);

    assertThat(verdict).isInstanceOf(ApplyVerdict.InDoubt.class);
    assertThat(((ApplyVerdict.InDoubt) verdict).message()).contains("the brush broke");
  }

  @Test
  void mayRepeatWhatTheStepSaysDidNotHappen() {
    StoredChangeSet set = plan(1);
    painting.fault = new RetryLater(Duration.ofSeconds(1), "the paint is wet");

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Failed.class);
    painting.fault = null;

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Done.class);
    assertThat(painting.painted()).containsExactly(key(set, 0));
  }

  @Test
  void waitsForAnAttemptOfALivingServer() {
    StoredChangeSet set = plan(1);
    ledger.begin(set.id(), 0, Duration.ofMinutes(1));

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Wait.class);
    assertThat(painting.painted()).isEmpty();
  }

  @Test
  void saysWhatIsStaleAndAppliesTheRest() {
    StoredChangeSet set = plan(2);
    painting.staleOrdinal = 0;

    ApplyVerdict verdict = applier.apply(step, set, this::how);

    assertThat(((ApplyVerdict.Stale) verdict).message()).contains("1 of 2", "Paint sign 0");
    assertThat(painting.painted()).containsExactly(key(set, 1));
    assertThat(state(set)).isEqualTo(ChangeSetState.PARTIAL);
  }

  @Test
  void triesNothingOfWhatTheStepSetsAsideOnceItHasSeenTheWholeList() {
    StoredChangeSet set = plan(3);
    painting.outdated =
        List.of(
            new ChangeProblem(0, "", "The wall moved."), new ChangeProblem(2, "", "So did it."));

    ApplyVerdict verdict = applier.apply(step, set, this::how);

    assertThat(((ApplyVerdict.Stale) verdict).message()).contains("2 of 3", "The wall moved.");
    assertThat(painting.painted()).containsExactly(key(set, 1));
    assertThat(sets.changes(database.jooq(), set.id()))
        .extracting(StoredChange::state)
        .containsExactly(ChangeState.STALE, ChangeState.APPLIED, ChangeState.STALE);
  }

  @Test
  void triesNothingUntilTheStepHasSeenTheWholeListAndLooksOnlyOnce() {
    StoredChangeSet set = plan(2);
    painting.lookFault = new RetryLater(Duration.ofSeconds(1), "the shop is closed");
    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Failed.class);
    assertThat(painting.painted()).isEmpty();

    painting.lookFault = null;
    painting.fault = new RetryLater(Duration.ofSeconds(1), "the paint is wet");
    diedWhileApplying(set, 0);
    painting.past = new PastOutcome.Happened(new ChangeOutcome.Applied(""));
    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Failed.class);

    painting.fault = null;
    painting.outdated = List.of(new ChangeProblem(1, "", "Its own neighbour is red now."));
    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Done.class);
    assertThat(painting.painted()).containsExactly(key(set, 1));
  }

  private StoredChangeSet plan(int count) {
    List<Change> changes =
        IntStream.range(0, count)
            .mapToObj(
                ordinal ->
                    Change.of(
                            new ChangeTarget("sign", "s" + ordinal, "Sign " + ordinal),
                            "Paint sign " + ordinal)
                        .after("colour", "red")
                        .build())
            .toList();
    return database.transaction(
        tx ->
            sets.insert(
                tx,
                new NewChangeSet(
                    UUID.randomUUID().toString(),
                    UUID.randomUUID(),
                    processInstance,
                    "paint",
                    "signs:paint-signs:1",
                    "1.0.0",
                    Map.of(),
                    null,
                    false,
                    null,
                    null,
                    "test",
                    new ChangeSet("Paint", "", changes))));
  }

  /** Leaves the change as a server does that is killed between its effect and the record of it. */
  private void diedWhileApplying(StoredChangeSet set, int ordinal) {
    ledger.begin(set.id(), ordinal, Duration.ofMinutes(1));
    database
        .jooq()
        .update(CHANGE)
        .set(CHANGE.LEASE_UNTIL, Instant.now().minusSeconds(1))
        .where(CHANGE.SET_ID.eq(set.id()))
        .and(CHANGE.ORDINAL.eq(ordinal))
        .execute();
  }

  private ChangeSetState state(StoredChangeSet set) {
    return sets.find(database.jooq(), set.id()).orElseThrow().state();
  }

  private static String key(StoredChangeSet set, int ordinal) {
    return set.id() + "-" + ordinal;
  }

  private Invocation how(String key) {
    return new Invocation(
        Duration.ofSeconds(20),
        false,
        ConnectionResolver.none(),
        attempt -> new NothingOffered(attempt.deadline(), key),
        new Cancellation());
  }
}
