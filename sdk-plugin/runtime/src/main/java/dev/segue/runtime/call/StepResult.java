package dev.segue.runtime.call;

import java.time.Duration;

/**
 * What became of one call of a plugin's code.
 *
 * @param <T> what it gives when it succeeds
 */
public sealed interface StepResult<T> {

  /**
   * Tells how long the call took.
   *
   * @return from entering the plugin's code to leaving it, binding included
   */
  Duration took();

  /**
   * It succeeded.
   *
   * @param value the result
   */
  record Completed<T>(T value, Duration took) implements StepResult<T> {}

  /**
   * It gave no result.
   *
   * @param failure why
   */
  record Failed<T>(StepFailure failure, Duration took) implements StepResult<T> {}
}
