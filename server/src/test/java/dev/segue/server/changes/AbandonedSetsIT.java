package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.RUN;
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
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run leaves open at its end stands in nobody's way. */
class AbandonedSetsIT {

  private static DatabaseAddress address;
  private static Database database;

  private final ChangeSets sets = new ChangeSets();
  private final UUID serverId = UUID.randomUUID();
  private final SignPainting painting = new SignPainting();
  private final PluginCalls calls = new PluginCalls();
  private ApplyLedger ledger;
  private ChangeApplier applier;
  private UndoPlanner planner;
  private AbandonedSets abandoned;
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
            AbandonedSetsIT.class.getClassLoader(),
            calls);
    step =
        (StepBinding.Changing)
            plugin.step(StepType.parse("signs:paint-signs.apply:1")).orElseThrow();
    StepInvoker invoker = new StepInvoker(calls, Clock.systemUTC());
    ledger = new ApplyLedger(database, serverId);
    applier = new ChangeApplier(database, sets, ledger, invoker);
    planner = new UndoPlanner(database, sets, invoker);
    abandoned = new AbandonedSets(database, sets);
  }

  @AfterEach
  void unload() {
    calls.close();
  }

  @Test
  void anUndoThatItsRunLeftUndecidedBarsNoLaterOne() {
    StoredChangeSet painted = plan(run(), 2);
    applier.apply(step, painted, this::how);
    UUID alert = run();
    StoredChangeSet undecided = ((UndoPlanner.Result.Stored) undo(painted, alert)).undo();

    abandoned.closeOf(alert);
    assertThat(undo(painted, null))
        .as("while the run goes on, somebody may still decide")
        .isInstanceOfSatisfying(
            UndoPlanner.Result.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("UNDONE_ALREADY"));

    end(alert);
    abandoned.closeOf(alert);

    assertThat(state(undecided)).isEqualTo(ChangeSetState.STALE);
    assertThat(sets.changes(database.jooq(), undecided.id()))
        .extracting(StoredChange::message)
        .containsOnly("The run ended before this was applied.");
    assertThat(undo(painted, null)).isInstanceOf(UndoPlanner.Result.Stored.class);
  }

  @Test
  void whatWasApprovedInARunThatEndedIsNotAppliedLater() {
    UUID run = run();
    StoredChangeSet set = plan(run, 1);
    sets.move(database.jooq(), set.id(), ChangeSetState.PLANNED, ChangeSetState.APPROVED);
    end(run);

    abandoned.closeAll();

    assertThat(applier.apply(step, set, this::how)).isInstanceOf(ApplyVerdict.Stale.class);
    assertThat(painting.painted()).isEmpty();
  }

  @Test
  void whatWasAppliedBeforeTheEndStaysAppliedAndCanBeUndone() {
    UUID run = run();
    StoredChangeSet set = plan(run, 2);
    sets.setState(database.jooq(), set.id(), ChangeSetState.APPLYING);
    ledger.begin(set.id(), 0, Duration.ofMinutes(1));
    end(run);

    abandoned.closeOf(run);
    assertThat(state(set))
        .as("an attempt may still be under way")
        .isEqualTo(ChangeSetState.APPLYING);

    ledger.finish(set.id(), 0, new ChangeOutcome.Applied(""));
    abandoned.closeOf(run);

    assertThat(state(set)).isEqualTo(ChangeSetState.PARTIAL);
    assertThat(undo(set, null))
        .isInstanceOfSatisfying(
            UndoPlanner.Result.Stored.class,
            stored -> assertThat(stored.undo().count()).isEqualTo(1));
  }

  private StoredChangeSet plan(UUID run, int count) {
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
                    null,
                    run,
                    null,
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

  private UndoPlanner.Result undo(StoredChangeSet set, @Nullable UUID run) {
    StoredChangeSet now = sets.find(database.jooq(), set.id()).orElseThrow();
    return planner.plan(
        step,
        now,
        false,
        how("undo"),
        new UndoPlanner.Origin(null, run, null, null, "1.0.0", false, "test"));
  }

  private static UUID run() {
    UUID run = UUID.randomUUID();
    database
        .jooq()
        .insertInto(RUN)
        .set(RUN.RUN_ID, run)
        .set(RUN.WORKFLOW_ID, "w")
        .set(RUN.MODE, "live")
        .set(RUN.STARTED_BY, "anna")
        .set(RUN.START_KIND, "person")
        .set(RUN.STATE, "started")
        .execute();
    return run;
  }

  private static void end(UUID run) {
    database.jooq().update(RUN).set(RUN.STATE, "ended").where(RUN.RUN_ID.eq(run)).execute();
  }

  private ChangeSetState state(StoredChangeSet set) {
    return sets.find(database.jooq(), set.id()).orElseThrow().state();
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
