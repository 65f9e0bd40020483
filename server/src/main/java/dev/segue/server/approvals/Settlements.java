package dev.segue.server.approvals;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a caller wait a little for the engine's answer to a decision, so that a decision that came
 * too late is told at once. Thread-safe.
 */
final class Settlements {

  private final Map<Long, Queue<CountDownLatch>> waiting = new ConcurrentHashMap<>();

  /** Waits for one approval; to be opened before the decision is taken. */
  final class Watch implements AutoCloseable {

    private final long userTaskKey;
    private final CountDownLatch settled = new CountDownLatch(1);

    private Watch(long userTaskKey) {
      this.userTaskKey = userTaskKey;
    }

    /** Returns at the answer, or when the limit is over; the caller looks up what it was. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    void await(Duration limit) {
      try {
        settled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      waiting.computeIfPresent(
          userTaskKey,
          (key, latches) -> {
            latches.remove(settled);
            return latches.isEmpty() ? null : latches;
          });
    }
  }

  Watch watch(long userTaskKey) {
    Watch watch = new Watch(userTaskKey);
    waiting.computeIfAbsent(userTaskKey, key -> new ConcurrentLinkedQueue<>()).add(watch.settled);
    return watch;
  }

  void settled(ApprovalSettled event) {
    Queue<CountDownLatch> latches = waiting.get(event.userTaskKey());
    if (latches != null) {
      latches.forEach(CountDownLatch::countDown);
    }
  }
}
