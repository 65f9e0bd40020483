package dev.segue.server.data.metrics;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rolls old points up from time to time. Several servers may: each row goes once. */
public final class MetricUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricUpkeep.class);
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration PERIOD = Duration.ofHours(1);

  private final MetricStore store;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("metric-upkeep").factory());

  /** Begins. */
  public MetricUpkeep(MetricStore store) {
    this.store = store;
    timer.scheduleWithFixedDelay(
        this::run, FIRST.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
  }

  private void run() {
    try {
      store.expire();
    } catch (DataAccessException e) {
      LOG.warn("old metric points stay for another hour: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
