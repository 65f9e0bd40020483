package dev.segue.sdk;

import java.util.List;

/**
 * One action that a workflow can use: records in, records out, blocking code.
 *
 * <p>An implementation is annotated with {@link StepInfo}. One instance serves all runs, by many
 * threads at once, so it keeps no state per run. Every parameter and result is non-null.
 *
 * @param <I> the input record; its components may be primitives, {@code String}, {@code
 *     BigDecimal}, {@link Money}, {@code java.time} types, {@code URI}, {@code UUID}, enums,
 *     records, lists, sets, maps with string keys, {@code Object} for any value that JSON can hold,
 *     {@code Optional} of these, and {@linkplain ConnectionType connection types}
 * @param <O> the output record, of the same types but without connections
 */
public interface Step<I extends Record, O extends Record> {

  /**
   * Does the work.
   *
   * <p>Called on a thread whose context class loader is the plugin's. On time-out, cancellation and
   * shutdown the thread is interrupted: return or throw within a second.
   *
   * <p>Where the effect is more than {@link Effect#READ}, a {@link StepError} and a {@link
   * RetryLater} say that nothing has happened outside. Any other exception leaves that open, and so
   * does a time-out: the host then follows {@link StepInfo#inDoubt}.
   *
   * @param input checked against the schema of {@code I}
   * @param context what the host offers to this attempt; not to be kept after the call
   * @return the result; checked against the schema of {@code O}
   * @throws StepError for an outcome that the diagram handles, as a BPMN error
   * @throws RetryLater to try again after a stated time
   * @throws Exception any other exception is a fault, and is retried as the diagram says
   */
  O run(I input, StepContext context) throws Exception;

  /**
   * Says what {@link #run} would return, and changes nothing outside.
   *
   * <p>A step whose effect is more than {@link Effect#READ} must override this method: without it
   * the build of the plugin fails, and the host refuses the plugin. For the others it is the run
   * itself.
   *
   * @param input checked against the schema of {@code I}
   * @param context its {@link StepContext#simulated()} is true, and its data is read-only
   * @return a plausible result
   * @throws Exception as for {@link #run}
   */
  default O simulate(I input, StepContext context) throws Exception {
    return run(input, context);
  }

  /**
   * Sample inputs: shown in the documentation, offered for trying the step, and run by the contract
   * suite in simulated mode.
   *
   * @return inputs that can run anywhere; empty where none can
   */
  default List<I> examples() {
    return List.of();
  }
}
