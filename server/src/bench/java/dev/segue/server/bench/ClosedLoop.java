package dev.segue.server.bench;

import dev.segue.bpmn.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a number of runs of one workload in flight: each that ends makes room for the next. */
final class ClosedLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ClosedLoop.class);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);

  private final JobWatch watch;
  private final Consumer<Workload> starter;

  /**
   * Makes a loop.
   *
   * @param starter starts a run; may block
   */
  ClosedLoop(JobWatch watch, Consumer<Workload> starter) {
    this.watch = watch;
    this.starter = starter;
  }

  /**
   * What a slice of time gave.
   *
   * @param completed runs that ended within it
   * @param seconds how long it was
   * @param failedStarts starts that were refused
   * @param lost runs that hadn't ended long after it
   * @param handling of each step, from the job's arrival until its completion was sent
   * @param whole of each step, from its job's arrival until the next one's
   */
  record Slice(
      Workload workload,
      long completed,
      double seconds,
      int failedStarts,
      int lost,
      Samples handling,
      Samples whole) {

    double perSecond() {
      return completed / seconds;
    }
  }

  /**
   * Runs the workload for a ramp that isn't counted, then for the length that is, then waits until
   * all is done.
   */
  Slice run(Workload workload, int inFlight, Duration ramp, Duration length)
      throws InterruptedException {
    Semaphore places = new Semaphore(inFlight);
    Samples handling = new Samples();
    Samples whole = new Samples();
    AtomicLong completed = new AtomicLong();
    AtomicLong countFrom = new AtomicLong(Long.MAX_VALUE);
    AtomicInteger failed = new AtomicInteger();
    watch.onEnd(
        trace -> {
          if (trace.ended() >= countFrom.get()) {
            completed.incrementAndGet();
            trace.addHandling(handling);
            trace.addWhole(whole);
          }
          places.release();
        });
    long rampEnd = System.nanoTime() + ramp.toNanos();
    long end = rampEnd + length.toNanos();
    long counted;
    double seconds;
    try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
      keepStarting(starts, workload, places, failed, rampEnd);
      long begin = System.nanoTime();
      countFrom.set(begin);
      keepStarting(starts, workload, places, failed, end);
      counted = completed.get();
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    int lost =
        places.tryAcquire(inFlight, LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS)
            ? 0
            : inFlight - places.availablePermits();
    return new Slice(workload, counted, seconds, failed.get(), lost, handling, whole);
  }

  private void keepStarting(
      ExecutorService starts,
      Workload workload,
      Semaphore places,
      AtomicInteger failed,
      long untilNanos)
      throws InterruptedException {
    while (places.tryAcquire(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      if (System.nanoTime() >= untilNanos) {
        places.release();
        return;
      }
      starts.execute(
          () -> {
            try {
              starter.accept(workload);
            } catch (EngineException | DataAccessException e) {
              LOG.warn("A run of {} could not be started: {}", workload, e.getMessage());
              failed.incrementAndGet();
              places.release();
            }
          });
    }
  }

  /** Runs one after the other, each alone, and gives the times of their steps. */
  void runSingly(Workload workload, int count, Samples whole, Samples fromStartToEnd)
      throws InterruptedException {
    Semaphore over = new Semaphore(0);
    watch.onEnd(
        trace -> {
          trace.addWhole(whole);
          over.release();
        });
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      starter.accept(workload);
      if (!over.tryAcquire(LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("a single run of " + workload + " doesn't end");
      }
      fromStartToEnd.add(System.nanoTime() - begin);
    }
  }
}
