package dev.segue.runtime.call;

/** Hears how the calls of plugins' code end. Called on the callers' threads; throw nothing. */
public interface CallListener {

  /**
   * A call has ended, or has been given up.
   *
   * @param call which call
   * @param result what its caller gets
   */
  void ended(CallName call, StepResult<?> result);

  /**
   * A call was given up: it was interrupted several times and runs on all the same. Heard before
   * its {@link #ended}.
   *
   * @param call which call
   */
  void abandoned(CallName call);
}
