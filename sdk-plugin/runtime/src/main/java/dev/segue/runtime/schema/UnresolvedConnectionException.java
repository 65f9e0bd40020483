package dev.segue.runtime.schema;

/** A connection is not there, is of another type, is paused, or may not be used here. */
public final class UnresolvedConnectionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message what is wrong and what to do, without secrets; shown to the operator
   */
  public UnresolvedConnectionException(String message) {
    super(message);
  }
}
