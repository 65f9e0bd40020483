package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.Leadership;
import dev.segue.server.storage.NotificationListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one server at a time evaluate: soon after points came in, and as time goes by. */
final class MonitorWatch implements AutoCloseable {

  /** Told when monitors were written or removed. */
  static final String CHANGES = "segue_monitors";

  private static final Logger LOG = LoggerFactory.getLogger(MonitorWatch.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration RELOAD = Duration.ofSeconds(60);

  private final Database database;
  private final MonitorRunner runner;
  private final Semaphore wake = new Semaphore(0);
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile boolean stale = true;
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  MonitorWatch(Database database, MonitorRunner runner) {
    this.database = database;
    this.runner = runner;
  }

  synchronized void start() {
    open.add(database.listen(MetricStore.CHANNEL, payload -> wake.release()));
    open.add(
        database.listen(
            CHANGES,
            new NotificationListener() {
              @Override
              public void notified(String payload) {
                stale = true;
                wake.release();
              }

              @Override
              public void connected() {
                stale = true;
              }
            }));
    open.add(
        database.lead(
            "monitors",
            new Leadership.Duty() {
              @Override
              public void start() {
                begin();
              }

              @Override
              public void stop() {
                end();
              }
            }));
  }

  private void begin() {
    stopping = false;
    thread = Thread.ofVirtual().name("monitors").start(this::run);
  }

  private void end() {
    stopping = true;
    wake.release();
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    runner.forget();
    stale = true;
    long reloaded = 0;
    while (!stopping) {
      try {
        if (stale || System.nanoTime() - reloaded > RELOAD.toNanos()) {
          stale = false;
          reloaded = System.nanoTime();
          runner.reload();
        }
        runner.round();
        await();
      } catch (DataAccessException e) {
        LOG.warn("Monitors wait for the database: {}", e.getMessage());
        recover();
      } catch (RuntimeException e) {
        LOG.error("Monitors failed, and begin anew with what is stored", e);
        recover();
      }
    }
  }

  private void recover() {
    runner.forget();
    stale = true;
    await();
  }

  private void await() {
    try {
      if (wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.warn("The watching of metrics could not be ended in order", e);
      }
    }
    open.clear();
  }
}
