package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.ChangeSet;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Plans and stores the change set that takes an applied one back. Of each set there is at most one
 * such set that is planned, approved or applied. Thread-safe; each call blocks.
 */
final class UndoPlanner {

  private final Database database;
  private final ChangeSets sets;
  private final StepInvoker invoker;

  UndoPlanner(Database database, ChangeSets sets, StepInvoker invoker) {
    this.database = database;
    this.sets = sets;
    this.invoker = invoker;
  }

  /** What came of the wish to undo a set. */
  sealed interface Result {

    /** The set that takes it back is stored; it waits for a decision. */
    record Stored(StoredChangeSet undo) implements Result {}

    /**
     * There is nothing to undo, or no way back.
     *
     * @param code for the diagram
     * @param why in business words, and what to do
     */
    record Refused(String code, String why) implements Result {}

    /** The step could not be asked; nothing is stored. */
    record Failed(StepFailure failure) implements Result {}
  }

  /**
   * For whom an undo is planned.
   *
   * @param planKey by which a repeated plan finds its set; null if the caller sees to that
   * @param runId the run whose diagram asks; null outside of runs
   * @param processInstanceKey the engine's key of that run, or null
   * @param elementId the step of the diagram, or null
   * @param pluginVersion that serves the step now
   * @param simulated whether the run only rehearses
   * @param createdBy who or what asks
   */
  record Origin(
      @Nullable String planKey,
      @Nullable UUID runId,
      @Nullable Long processInstanceKey,
      @Nullable String elementId,
      String pluginVersion,
      boolean simulated,
      String createdBy) {}

  /**
   * Plans the inverse of what is in force.
   *
   * @param step that applied the set
   * @param set live, or simulated like the origin
   * @param skipIrreversible whether to leave out changes that cannot be taken back
   * @param how the invocation; nothing is altered
   * @param origin for whom
   */
  Result plan(
      StepBinding.Changing step,
      StoredChangeSet set,
      boolean skipIrreversible,
      Invocation how,
      Origin origin) {
    if (set.simulated()) {
      return store(set, nothing(set), origin);
    }
    Optional<Result.Refused> refusal = refusal(database.jooq(), set.id());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<StoredChange> changes = sets.changes(database.jooq(), set.id());
    return switch (UndoPlan.of(invoker, step, set, changes, how)) {
      case UndoPlan.Failed(StepFailure failure) -> new Result.Failed(failure);
      case UndoPlan.Ready ready when ready.content().changes().isEmpty() ->
          new Result.Refused("NO_WAY_BACK", "Nothing of it can be undone. " + words(ready.kept()));
      case UndoPlan.Ready ready when !ready.kept().isEmpty() && !skipIrreversible ->
          new Result.Refused(
              "NO_WAY_BACK",
              "Not all of it can be undone; ask for skipIrreversible to undo the rest. "
                  + words(ready.kept()));
      case UndoPlan.Ready ready -> store(set, ready.content(), origin);
    };
  }

  private static String words(List<UndoPlan.Irreversible> kept) {
    return kept.stream().limit(10).map(Object::toString).collect(Collectors.joining(" "));
  }

  /** What was rehearsed only is not in force, so that there is nothing to take back. */
  private static ChangeSet nothing(StoredChangeSet set) {
    return new ChangeSet("Undo: " + set.title(), "The run only rehearses.", List.of());
  }

  private Result store(StoredChangeSet set, ChangeSet content, Origin origin) {
    return database.transaction(
        tx -> {
          tx.select(CHANGE_SET.SET_ID)
              .from(CHANGE_SET)
              .where(CHANGE_SET.SET_ID.eq(set.id()))
              .forUpdate()
              .execute();
          if (!set.simulated()) {
            Optional<Result.Refused> refusal = refusal(tx, set.id());
            if (refusal.isPresent()) {
              return refusal.get();
            }
          }
          return new Result.Stored(sets.insert(tx, undo(set, content, origin)));
        });
  }

  private Optional<Result.Refused> refusal(DSLContext tx, UUID id) {
    ChangeSetState state = sets.find(tx, id).orElseThrow().state();
    if (state != ChangeSetState.APPLIED && state != ChangeSetState.PARTIAL) {
      return Optional.of(
          new Result.Refused(
              "NOT_APPLIED",
              "Change set %s is %s; only what was applied can be undone."
                  .formatted(id, state.word().replace('_', ' '))));
    }
    return sets.undoOf(tx, id)
        .map(
            undo ->
                new Result.Refused(
                    "UNDONE_ALREADY",
                    "Change set %s has an undo already: %s, which is %s."
                        .formatted(id, undo.id(), undo.state().word().replace('_', ' '))));
  }

  private static NewChangeSet undo(StoredChangeSet set, ChangeSet content, Origin origin) {
    return new NewChangeSet(
        origin.planKey(),
        origin.runId(),
        origin.processInstanceKey(),
        origin.elementId(),
        set.stepType(),
        origin.pluginVersion(),
        set.connections(),
        set.siteId(),
        origin.simulated(),
        null,
        set.id(),
        origin.createdBy(),
        content);
  }
}
