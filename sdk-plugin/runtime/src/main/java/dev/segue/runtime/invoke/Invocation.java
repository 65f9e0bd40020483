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
 * @param observer hears how the call went
 */
public record Invocation(
    Duration limit,
    boolean simulated,
    ConnectionResolver connections,
    ContextFactory contexts,
    Cancellation cancellation,
    CallObserver observer) {

  /** Checks the limit. */
  public Invocation {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the limit of a call must be positive: " + limit);
    }
  }

  /** Without an observer. */
  public Invocation(
      Duration limit,
      boolean simulated,
      ConnectionResolver connections,
      ContextFactory contexts,
      Cancellation cancellation) {
    this(limit, simulated, connections, contexts, cancellation, CallObserver.NONE);
  }

  /**
   * The same call, with an observer.
   *
   * @param heard hears how the call went
   * @return a copy
   */
  public Invocation observedBy(CallObserver heard) {
    return new Invocation(limit, simulated, connections, contexts, cancellation, heard);
  }
}
