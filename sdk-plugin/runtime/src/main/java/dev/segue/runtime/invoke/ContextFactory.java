package dev.segue.runtime.invoke;

import dev.segue.sdk.StepContext;

/** Makes what the host offers to one attempt. Called on the attempt's thread, within its time. */
@FunctionalInterface
public interface ContextFactory {

  /**
   * Makes a context.
   *
   * @param attempt what the invoker knows of the attempt
   * @return the context, valid until the call is over
   */
  StepContext create(Attempt attempt);
}
