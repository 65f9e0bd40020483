package dev.segue.bpmn.exporter;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The one thread that writes a partition's records, and the buffer in front of it. While one batch
 * is written the next one fills; a full buffer holds the broker's exporter back, never its
 * processing.
 */
final class HistoryWriter implements Runnable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_CONFLICT = Duration.ofSeconds(30);
  private static final Duration REMIND_AFTER = Duration.ofMinutes(1);

  private final ExporterSettings settings;
  private final BatchSink sink;
  private final LongConsumer acknowledge;
  private final Logger log;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private RecordBatch filling;
  private RecordBatch writing;
  private long seen = -1;
  private long acknowledged = -1;
  private boolean closing;

  private long failingSince;
  private long remindedAt;

  HistoryWriter(
      ExporterSettings settings,
      int partitionId,
      BatchSink sink,
      LongConsumer acknowledge,
      Logger log) {
    this.settings = settings;
    this.sink = sink;
    this.acknowledge = acknowledge;
    this.log = log;
    this.filling = new RecordBatch(settings.engineId(), partitionId);
    this.writing = new RecordBatch(settings.engineId(), partitionId);
  }

  /** Waits until the buffer takes another record. False if it is still full after the limit. */
  boolean awaitRoom(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (isFull()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a record, whether or not there is room. */
  void add(long position, long key, long timestamp, String valueType, String intent, String body) {
    lock.lock();
    try {
      filling.add(position, key, timestamp, valueType, intent, body);
      seen = position;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notes a record that isn't history, so that the broker learns that it is done with. */
  void skip(long position) {
    lock.lock();
    try {
      seen = position;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the thread write what it can at once, and then end. */
  void stop() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try (sink) {
      while (awaitWork()) {
        long upTo = swap();
        if (!writing.isEmpty() && !writeUntilDone()) {
          return;
        }
        acknowledge.accept(upTo);
        writing.clear();
        pause(settings.linger(), true);
      }
    } catch (InterruptedException e) {
      log.info("The history of engine {} stops without its last records", settings.engineId());
    }
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (seen == acknowledged && !closing) {
        changed.await();
      }
      return seen != acknowledged;
    } finally {
      lock.unlock();
    }
  }

  private long swap() {
    lock.lock();
    try {
      RecordBatch full = filling;
      filling = writing;
      writing = full;
      acknowledged = seen;
      changed.signalAll();
      return seen;
    } finally {
      lock.unlock();
    }
  }

  /** False if the exporter is closing and the database is away: the broker delivers again. */
  private boolean writeUntilDone() throws InterruptedException {
    Duration wait = FIRST_PAUSE;
    while (true) {
      try {
        sink.write(writing);
        reportRecovery();
        return true;
      } catch (SQLException | IOException e) {
        report("The history can't be written to " + settings + ": " + e.getMessage(), e);
        if (pause(wait, false)) {
          return false;
        }
        wait = min(wait.multipliedBy(2), LONGEST_PAUSE);
      } catch (EngineChangedException e) {
        report(e.reason(), null);
        if (pause(PAUSE_AFTER_CONFLICT, false)) {
          return false;
        }
      }
    }
  }

  private void report(String problem, @Nullable Exception cause) {
    long now = System.nanoTime();
    if (failingSince == 0) {
      failingSince = now;
    } else if (now - remindedAt < REMIND_AFTER.toNanos()) {
      return;
    }
    remindedAt = now;
    log.warn("{} (tried again; the engine goes on, its log grows meanwhile)", problem, cause);
  }

  private void reportRecovery() {
    if (failingSince != 0) {
      Duration gap = Duration.ofNanos(System.nanoTime() - failingSince);
      failingSince = 0;
      log.info("The history is written again, after {} s", gap.toSeconds());
    }
  }

  /** Waits for the time to pass, or until closing, or until the buffer is full if that ends it. */
  private boolean pause(Duration time, boolean untilFull) throws InterruptedException {
    long left = time.toNanos();
    lock.lock();
    try {
      while (!closing && left > 0 && !(untilFull && isFull())) {
        left = changed.awaitNanos(left);
      }
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return filling.byteCount() >= settings.bufferBytes();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static void join(Thread thread, Duration limit) throws InterruptedException {
    thread.join(TimeUnit.NANOSECONDS.toMillis(limit.toNanos()));
    thread.interrupt();
  }
}
