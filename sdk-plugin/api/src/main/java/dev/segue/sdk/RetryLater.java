package dev.segue.sdk;

import java.time.Duration;

/**
 * Asks the host to run the step again after a while, such as when an outside system says when it
 * will be back. Takes one of the step's retries.
 *
 * @serial exclude
 */
public class RetryLater extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration after;

  /**
   * Makes a request to retry.
   *
   * @param after how long to wait; from zero to seven days
   * @param message why, in business words, without secrets
   */
  public RetryLater(Duration after, String message) {
    super(message);
    if (after.isNegative() || after.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("retry after must be from zero to seven days: " + after);
    }
    this.after = after;
  }

  /**
   * Tells how long to wait.
   *
   * @return from zero to seven days
   */
  public Duration after() {
    return after;
  }
}
