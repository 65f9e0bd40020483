package dev.segue.sdk;

import java.util.List;

/**
 * An action whose effects people should see before they happen: planned as a list of {@linkplain
 * Change changes}, approved as that very list, applied one by one.
 *
 * <p>The host serves it as two step types. {@code NAME.plan} calls {@link #plan} and stores the
 * set. {@code NAME.apply} takes the id of a set that was approved, calls {@link #apply} for each
 * change with a key that stays the same however often the call is repeated, and hands back {@link
 * #result}. A step that overrides {@link #inverse}, and doesn't {@linkplain Effect#SEND send}, gets
 * a third, {@code NAME.undo}: it takes the id of a set that was applied and plans the set that
 * takes it back, to be approved and applied like any other. One instance serves all runs, by many
 * threads at once.
 *
 * @param <I> the input record of {@code plan}, as for {@link Step}
 * @param <O> the output record of {@code apply}
 */
public interface ChangeStep<I extends Record, O extends Record> {

  /**
   * Works out the changes; may read, and must alter nothing.
   *
   * @param input checked against the schema of {@code I}
   * @param context its data is read-only
   * @return the changes in the order in which they will be applied; may be empty
   * @throws StepError for an outcome that the diagram handles
   * @throws RetryLater to try again after a stated time
   * @throws Exception any other exception is a fault, and is retried as the diagram says
   */
  ChangeSet plan(I input, StepContext context) throws Exception;

  /**
   * Checks changes that a person has edited, before they supersede the planned ones.
   *
   * @param changes the edited list, in order; only fields that were {@linkplain Change#editable
   *     editable} differ from the plan, and changes may be missing
   * @param context its data is read-only
   * @return the problems in business words; empty if the list may be applied
   * @throws Exception if the check itself could not be made
   */
  default List<ChangeProblem> check(List<Change> changes, StepContext context) throws Exception {
    return List.of();
  }

  /**
   * Looks at an approved list as a whole, once, before its first change is applied. Changes that
   * make sense only together are named together if the world has moved on for one of them: none of
   * those named is applied, and each becomes stale. Whatever moves between this look and {@link
   * #apply} is found by the latter alone, so order the changes such that stopping early does no
   * harm.
   *
   * @param changes the approved list, in order
   * @param context its data is read-only
   * @return one for each change that no longer fits, with what was found in business words; empty
   *     if all may be tried
   * @throws RetryLater to try again after a stated time
   * @throws Exception a fault: nothing is applied, and the look is repeated as the diagram says
   */
  default List<ChangeProblem> outdated(List<Change> changes, StepContext context) throws Exception {
    return List.of();
  }

  /**
   * Makes one change happen.
   *
   * <p>Compares {@link Change#expected} with what is there now, in one atomic act with the change
   * where the outside system allows it, and answers {@link ChangeOutcome.Stale} if they differ.
   *
   * @param change the approved change
   * @param key identifies this change for ever: 1 to 128 characters, the same on each repetition;
   *     hand it to the outside system as its idempotency key
   * @param context what the host offers to this attempt
   * @return what became of the change
   * @throws RetryLater to try again after a stated time; only if nothing has happened
   * @throws Exception a fault: the host asks {@link #outcome} before it tries again
   */
  ChangeOutcome apply(Change change, String key, StepContext context) throws Exception;

  /**
   * Tells whether an earlier {@link #apply} with this key happened, where the outside system can
   * say so.
   *
   * @param change the change
   * @param key the key that was given to {@code apply}
   * @param context its data is read-only
   * @return what is known; {@link PastOutcome.Unknown} by default, upon which the host follows
   *     {@link StepInfo#inDoubt}
   * @throws Exception if the outside system could not be asked; counts as not known yet
   */
  default PastOutcome outcome(Change change, String key, StepContext context) throws Exception {
    return new PastOutcome.Unknown("The step cannot ask the outside system.");
  }

  /**
   * Gives the change that takes an applied one back. Works with what it is given and asks nobody;
   * what must still hold when the undo is applied belongs into its {@link Change#expected}.
   *
   * @param change the change that was applied
   * @param applied what {@link #apply} said of it; without a reference and details if {@code apply}
   *     was in doubt and a person found out that it had happened
   * @return the inverse, or why there is none
   */
  default Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return new Undo.None("This step has no undo.");
  }

  /**
   * Sums up after every change has its outcome; becomes the output of {@code NAME.apply}.
   *
   * @param outcomes one per change, in order
   * @return the result for the run
   */
  O result(List<ChangeResult> outcomes);

  /**
   * Sample inputs of {@link #plan}, as for {@link Step#examples}.
   *
   * @return inputs that can run anywhere; empty where none can
   */
  default List<I> examples() {
    return List.of();
  }
}
