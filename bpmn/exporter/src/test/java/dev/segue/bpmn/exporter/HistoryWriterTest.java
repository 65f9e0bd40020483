package dev.segue.bpmn.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class HistoryWriterTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final PausedSink sink = new PausedSink();
  private final BlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();
  private final HistoryWriter writer =
      new HistoryWriter(
          new ExporterSettings(
              "jdbc:postgresql:x", "u", null, null, UUID.randomUUID(), Duration.ZERO, 64 * 1024),
          1,
          sink,
          acknowledged::add,
          NOPLogger.NOP_LOGGER);
  private final Thread thread = Thread.ofPlatform().daemon().start(writer);

  @AfterEach
  void stop() throws Exception {
    writer.stop();
    sink.permits.release(1000);
    HistoryWriter.join(thread, SOON);
  }

  @Test
  void acknowledgesOnlyWhatIsWritten() throws Exception {
    add(1);
    assertThat(sink.attempts.poll(SOON.toSeconds(), TimeUnit.SECONDS)).containsExactly(1L);
    assertThat(acknowledged).isEmpty();

    sink.permits.release();

    assertThat(nextAcknowledged()).isEqualTo(1);
  }

  @Test
  void gathersWhatComesWhileABatchIsWritten() throws Exception {
    add(1);
    sink.attempts.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    add(2);
    add(3);

    sink.permits.release(2);

    assertThat(nextAcknowledged()).isEqualTo(1);
    assertThat(nextAcknowledged()).isEqualTo(3);
    assertThat(sink.attempts.poll(SOON.toSeconds(), TimeUnit.SECONDS)).containsExactly(2L, 3L);
  }

  @Test
  void acknowledgesSkippedRecordsWithoutAWrite() throws Exception {
    writer.skip(5);

    assertThat(nextAcknowledged()).isEqualTo(5);
    assertThat(sink.attempts).isEmpty();
  }

  @Test
  void triesAFailedBatchAgain() throws Exception {
    sink.failures = 2;
    sink.permits.release(3);
    add(1);

    assertThat(nextAcknowledged()).isEqualTo(1);
    assertThat(sink.attempts).hasSize(3);
  }

  @Test
  void holdsTheBrokerBackWhileTheBufferIsFull() throws Exception {
    add(1);
    sink.attempts.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    for (long position = 2; writer.awaitRoom(Duration.ZERO); position++) {
      add(position);
    }

    assertThat(writer.awaitRoom(Duration.ofMillis(10))).isFalse();
    sink.permits.release(2);
    assertThat(writer.awaitRoom(SOON)).isTrue();
  }

  @Test
  void writesTheRestWhenItStops() throws Exception {
    sink.permits.release(1);
    add(1);
    writer.stop();
    HistoryWriter.join(thread, SOON);

    assertThat(acknowledged).containsExactly(1L);
    assertThat(sink.closed).isTrue();
  }

  private void add(long position) {
    writer.add(position, position, 0, "JOB", "CREATED", "{\"x\":\"" + "y".repeat(500) + "\"}");
  }

  private long nextAcknowledged() throws InterruptedException {
    Long position = acknowledged.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(position).as("acknowledged position").isNotNull();
    return position;
  }

  /** Notes each attempt, then waits for a permit to end it. */
  private static final class PausedSink implements BatchSink {

    final BlockingQueue<List<Long>> attempts = new LinkedBlockingQueue<>();
    final Semaphore permits = new Semaphore(0);
    volatile int failures;
    volatile boolean closed;

    @Override
    public void write(RecordBatch batch) throws SQLException {
      List<Long> positions = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        positions.add(batch.row(i).position());
      }
      attempts.add(positions);
      permits.acquireUninterruptibly();
      if (failures > 0) {
        failures--;
        throw new SQLException("the database is away");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
