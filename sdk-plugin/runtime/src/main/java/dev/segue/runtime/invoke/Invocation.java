package dev.segue.runtime.invoke;

import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.schema.ConnectionResolver;
import java.time.Duration;

/**
 * How a step is to be called.
 *
 * @param limit how long the call may take; positive
 * @param simulated whether nothing outside may be altered
 * @param connections turns the names of connections into accounts
 * @param contexts makes the attempt's context
 * @param cancellation ends the call from another thread
 */
public record Invocation(
    Duration limit,
    boolean simulated,
    ConnectionResolver connections,
    ContextFactory contexts,
    Cancellation cancellation) {

  /** Checks the limit. */
  public Invocation {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the limit of a call must be positive: " + limit);
    }
  }
}
