package dev.segue.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * A handle by which another thread ends a call. Thread-safe; serves one call after another until it
 * is used, and refuses every call from then on.
 */
public final class Cancellation {

  private @Nullable Interruption reason;
  private @Nullable Interrupter running;

  /**
   * Interrupts the call if it is running, and any later one before it starts.
   *
   * @param why {@link Interruption#CANCELLED} or {@link Interruption#SHUTDOWN}; the first counts
   */
  public synchronized void cancel(Interruption why) {
    if (reason == null) {
      reason = why;
    }
    if (running != null) {
      running.interrupt(reason);
    }
  }

  /**
   * Tells whether {@link #cancel} was called.
   *
   * @return true from then on
   */
  public synchronized boolean isCancelled() {
    return reason != null;
  }

  /** Null if the call may go on. */
  synchronized @Nullable Interruption attach(Interrupter interrupter) {
    if (reason == null) {
      running = interrupter;
    }
    return reason;
  }

  synchronized void detach() {
    running = null;
  }
}
