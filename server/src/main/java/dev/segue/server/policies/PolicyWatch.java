package dev.segue.server.policies;

import dev.segue.server.approvals.Approvals;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Now and then looks for approvals that nobody has judged, since the event of their coming up is
 * lost with the server that heard it, and for policies that must fall back. Any number of servers
 * may do so. Thread-safe.
 */
public final class PolicyWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Policies policies;
  private final Approvals approvals;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;

  /** Does nothing before {@link #start}. */
  public PolicyWatch(Policies policies, Approvals approvals) {
    this.policies = policies;
    this.approvals = approvals;
  }

  /** Begins to look. */
  public synchronized void start() {
    thread = Thread.ofVirtual().name("policies").start(this::run);
  }

  private void run() {
    try {
      do {
        attempt("The approvals that nobody has judged", approvals::catchUp);
        attempt("The policies that may fall", policies::reconsider);
      } while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(String what, Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.warn("{} could not be looked at; it is tried again", what, e);
    }
  }

  @Override
  public synchronized void close() {
    stopping.countDown();
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
