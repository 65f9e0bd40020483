package dev.segue.server.connections;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets each connection send its requests per second, over all servers that share the slots. Slots
 * are reserved several at a time, so that a busy connection costs a few round trips per second and
 * not one per request.
 *
 * <p>In any span of time, at most the rate times that span plus one second are sent, and one more:
 * a slot may be saved for {@link RateSlots#SAVED} before it is reserved and held for {@link #HOLD}
 * after that, and these are a second together. Thread-safe.
 */
final class RateBudgets {

  /** After so long a reserved slot is no longer used. */
  static final Duration HOLD = Duration.ofSeconds(1).minus(RateSlots.SAVED);

  private static final long HOLD_NANOS = HOLD.toNanos();

  private final RateSlots slots;
  private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

  RateBudgets(RateSlots slots) {
    this.slots = slots;
  }

  /**
   * Waits until the connection may send one more request.
   *
   * @param perSecond its rate; no limit if it isn't positive
   */
  void await(String connection, double perSecond) throws InterruptedException {
    if (perSecond > 0) {
      budgets.computeIfAbsent(connection, Budget::new).await(perSecond);
    }
  }

  /** The slots that this server holds of one connection; whoever waits, waits in turn. */
  private final class Budget {

    private final String connection;
    private final ReentrantLock turn = new ReentrantLock(true);
    private long reservedAt;
    private long next;
    private long spacing;
    private int left;
    private int size;
    private boolean wasted;

    Budget(String connection) {
      this.connection = connection;
    }

    /** A slot is used up when its time has come: who gives up before leaves it to the next. */
    void await(double perSecond) throws InterruptedException {
      turn.lockInterruptibly();
      try {
        long wait = nextSlot(perSecond) - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        useSlot();
      } finally {
        turn.unlock();
      }
    }

    /** Passes over slots that were held too long, and tells from when on the next may be used. */
    private long nextSlot(double perSecond) {
      while (true) {
        if (left == 0) {
          reserve(perSecond);
        }
        long usableFrom = next - reservedAt > 0 ? next : reservedAt;
        if (System.nanoTime() - usableFrom <= HOLD_NANOS) {
          return usableFrom;
        }
        useSlot();
        wasted = true;
      }
    }

    private void useSlot() {
      left--;
      next += spacing;
    }

    /** Twice as many as last time while all are used, down to one if some were not. */
    private void reserve(double perSecond) {
      int most = (int) Math.max(1, perSecond * HOLD_NANOS / TimeUnit.SECONDS.toNanos(2));
      int wanted = wasted || size == 0 ? 1 : Math.min(most, 2 * size);
      Duration first = slots.reserve(connection, perSecond, wanted);
      // The answer was a while on its way, so this is later than the slot, never earlier.
      reservedAt = System.nanoTime();
      next = reservedAt + first.toNanos();
      spacing = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
      left = wanted;
      size = wanted;
      wasted = false;
    }
  }
}
