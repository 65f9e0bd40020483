package dev.segue.server.steps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How many requests per second each connection may send. The budget is shared evenly by the servers
 * that live. Thread-safe.
 */
final class RateBudgets {

  private final IntSupplier servers;
  private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

  /** Takes what tells the number of servers, which is 1 or more. */
  RateBudgets(IntSupplier servers) {
    this.servers = servers;
  }

  /** Waits until the connection may send one more request. */
  void await(String connection, double requestsPerSecond) throws InterruptedException {
    if (requestsPerSecond <= 0) {
      return;
    }
    double share = requestsPerSecond / Math.max(1, servers.getAsInt());
    long waitNanos = budgets.computeIfAbsent(connection, name -> new Budget()).reserve(share);
    if (waitNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNanos);
    }
  }

  /** Hands out points in time, evenly spaced, with a second's worth of unused ones in store. */
  private static final class Budget {

    private long nextNanos = System.nanoTime();

    synchronized long reserve(double perSecond) {
      long now = System.nanoTime();
      long spacing = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
      long earliest = now - TimeUnit.SECONDS.toNanos(1);
      if (nextNanos - earliest < 0) {
        nextNanos = earliest;
      }
      long at = nextNanos;
      nextNanos = at + spacing;
      return at - now;
    }
  }
}
