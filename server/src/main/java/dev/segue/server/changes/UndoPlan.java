package dev.segue.server.changes;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.Undo;
import java.util.ArrayList;
import java.util.List;

/** What takes an applied change set back. */
sealed interface UndoPlan {

  /**
   * By a set of inverse changes, the last change first.
   *
   * @param content may be empty if nothing was in force
   * @param kept what stays in force because it cannot be taken back
   */
  record Ready(ChangeSet content, List<Irreversible> kept) implements UndoPlan {}

  /**
   * The step could not be asked.
   *
   * @param failure what happened
   */
  record Failed(StepFailure failure) implements UndoPlan {}

  /**
   * A change that stays in force.
   *
   * @param title of the change
   * @param reason why it cannot be taken back, in business words
   */
  record Irreversible(String title, String reason) {

    @Override
    public String toString() {
      return "'" + title + "': " + reason;
    }
  }

  /**
   * Asks a step for the inverse of what was applied.
   *
   * @param invoker calls the step
   * @param step that applied the set
   * @param set the set
   * @param changes of the set, in order
   * @param how the invocation; nothing is altered
   */
  static UndoPlan of(
      StepInvoker invoker,
      StepBinding.Changing step,
      StoredChangeSet set,
      List<StoredChange> changes,
      Invocation how) {
    List<Change> inverse = new ArrayList<>();
    List<Irreversible> kept = new ArrayList<>();
    for (StoredChange change : changes.reversed()) {
      if (change.state() == ChangeState.APPLIED
          && change.outcome() instanceof ChangeOutcome.Applied applied) {
        switch (invoker.inverse(step, change.change(), applied, how)) {
          case StepResult.Completed<Undo>(Undo.By(Change back), var took) -> inverse.add(back);
          case StepResult.Completed<Undo>(Undo.None(String reason), var took) ->
              kept.add(new Irreversible(change.change().title(), reason));
          case StepResult.Failed<Undo> failed -> {
            return new Failed(failed.failure());
          }
        }
      }
    }
    return new Ready(new ChangeSet("Undo: " + set.title(), summary(set), inverse), kept);
  }

  private static String summary(StoredChangeSet set) {
    return "Takes back what change set " + set.id() + " did.";
  }
}
