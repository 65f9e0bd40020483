package dev.segue.server.steps;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server's virtual threads running while a plugin's compute on and on. Virtual threads
 * aren't time-sliced: each one that never waits keeps one of the few threads that carry them all.
 * When a virtual thread gets no turn for a second, this adds carriers, and so leaves the sharing to
 * the operating system. It takes JDK 24 for that; before, it can only say so.
 */
final class CarrierGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CarrierGuard.class);
  private static final Duration BEAT = Duration.ofMillis(500);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(1);
  private static final int CALM_BEATS = 120;

  /** Of the 256 that the JVM allows by itself. */
  private static final int MOST_CARRIERS = 250;

  private static final String SCHEDULER = "jdk.management:type=VirtualThreadScheduler";
  private static final String PARALLELISM = "Parallelism";

  private final BooleanSupplier calm;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final Thread thread;
  private int added;
  private int calmBeats;
  private boolean told;

  /** Takes added carriers off again after a minute in which {@code calm} was true throughout. */
  CarrierGuard(BooleanSupplier calm) {
    this.calm = calm;
    this.thread = Thread.ofPlatform().daemon().name("segue-carrier-guard").unstarted(this::guard);
  }

  void start() {
    thread.start();
  }

  private void guard() {
    try {
      while (true) {
        CountDownLatch turn = new CountDownLatch(1);
        Thread.ofVirtual().name("segue-turn").start(turn::countDown);
        if (turn.await(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
          relax();
          TimeUnit.MILLISECONDS.sleep(BEAT.toMillis());
        } else {
          add();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void add() {
    calmBeats = 0;
    int more = Math.min(processors + added, MOST_CARRIERS - processors - added);
    if (more > 0 && change(more)) {
      LOG.warn(
          "The virtual threads got no turn for {} s, since some never wait; {} carriers now",
          LONGEST_TURN.toSeconds(),
          processors + added);
    } else if (!told) {
      told = true;
      LOG.error(
          "The virtual threads get no turn, since some never wait, and no carriers can be added;"
              + " {}",
          more > 0 ? "Java 24 or newer could" : "restart the server");
    }
  }

  private void relax() {
    told = false;
    calmBeats = calm.getAsBoolean() ? calmBeats + 1 : 0;
    if (added > 0 && calmBeats > CALM_BEATS && change(-added)) {
      LOG.info("The virtual threads have their {} carriers again", processors);
    }
  }

  private boolean change(int by) {
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName scheduler = new ObjectName(SCHEDULER);
      int now = (Integer) beans.getAttribute(scheduler, PARALLELISM);
      beans.setAttribute(scheduler, new Attribute(PARALLELISM, Math.max(1, now + by)));
      added += by;
      return true;
    } catch (JMException | RuntimeException e) {
      LOG.debug("the JVM has no scheduler to talk to", e);
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
