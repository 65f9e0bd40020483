package dev.segue.server.triggers;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * How much of a processor's time some work has taken: a machine that is busy with other things, or
 * stands still, takes none. Thread-safe.
 */
final class Effort {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long thread;
  private long from;

  /** The calling platform thread begins the work. */
  synchronized void begin() {
    thread = Thread.currentThread().threadId();
    from = THREADS.getCurrentThreadCpuTime();
  }

  /** Zero if it was not begun; while it goes on. */
  synchronized Duration spent() {
    long now = thread == 0 ? from : THREADS.getThreadCpuTime(thread);
    return Duration.ofNanos(Math.max(0, now - from));
  }
}
