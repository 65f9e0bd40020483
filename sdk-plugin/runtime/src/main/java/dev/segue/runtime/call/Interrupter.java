package dev.segue.runtime.call;

import org.jspecify.annotations.Nullable;

/** Interrupts the thread of one call while the call lasts, and never after. */
final class Interrupter {

  private final Thread thread;
  private final Runnable first;
  private @Nullable Interruption reason;
  private boolean over;

  /** Calls {@code first}, under its lock, when the call is interrupted for the first time. */
  Interrupter(Thread thread, Runnable first) {
    this.thread = thread;
    this.first = first;
  }

  synchronized void interrupt(Interruption why) {
    if (over) {
      return;
    }
    thread.interrupt();
    if (reason == null) {
      reason = why;
      first.run();
    }
  }

  /** Interrupts a call once more that was interrupted before. */
  synchronized void again() {
    if (!over) {
      thread.interrupt();
    }
  }

  /** Ends the call. Returns why it was interrupted, or null if it wasn't. */
  synchronized @Nullable Interruption end() {
    over = true;
    return reason;
  }

  /** Why the call was interrupted, or null if it wasn't. */
  synchronized @Nullable Interruption reason() {
    return reason;
  }
}
