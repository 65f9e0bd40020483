package dev.segue.runtime.call;

/** Ends a call with a failure that is known already; carries no stack trace. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StepFailure failure;

  /**
   * Wraps a failure.
   *
   * @param failure becomes the failure of the call
   */
  public RefusedException(StepFailure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  StepFailure failure() {
    return failure;
  }
}
