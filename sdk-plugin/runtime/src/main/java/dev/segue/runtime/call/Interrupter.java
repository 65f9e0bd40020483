package dev.segue.runtime.call;

import org.jspecify.annotations.Nullable;

/** Interrupts the thread of one call while the call lasts, and never after. */
final class Interrupter {

  private final Thread thread = Thread.currentThread();
  private @Nullable Interruption reason;
  private boolean over;

  synchronized void interrupt(Interruption why) {
    if (over) {
      return;
    }
    if (reason == null) {
      reason = why;
    }
    thread.interrupt();
  }

  /** Ends the call and clears the interrupt flag, whoever set it. */
  synchronized @Nullable Interruption end() {
    over = true;
    boolean interrupted = Thread.interrupted();
    return reason == null && interrupted ? Interruption.UNKNOWN : reason;
  }
}
