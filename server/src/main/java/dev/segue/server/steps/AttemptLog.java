package dev.segue.server.steps;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the timeline's lines behind the steps' backs, many at a time. A crash loses the last ones,
 * and so does a database that is away for long: nothing but the view depends on them.
 */
final class AttemptLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_AT_ONCE = 500;
  private static final long LINGER_MILLIS = 100;
  private static final String INSERT =
      """
      insert into segue.step_attempt
        (process_instance_key, element_instance_key, element_id, job_key, step_type,
         plugin_version, attempt, server_id, started_at, finished_at, outcome, message, result,
         failed)
      select u.run, u.element, u.element_id, u.job, u.step_type, u.version,
        1 + (select count(*) from segue.step_attempt a
             where a.process_instance_key = u.run and a.element_instance_key = u.element),
        ?, u.started_at::timestamptz, u.finished_at::timestamptz, u.outcome, u.message,
        u.result::jsonb, u.failed
      from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
        as u (run, element, element_id, job, step_type, version, started_at, finished_at, outcome,
          message, result, failed)\
      """;

  private final DataSource database;
  private final UUID serverId;
  private final StepMetrics metrics;
  private final BlockingQueue<AttemptRow> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean closed;

  AttemptLog(DataSource database, UUID serverId, StepMetrics metrics) {
    this.database = database;
    this.serverId = serverId;
    this.metrics = metrics;
    this.thread = Thread.ofPlatform().daemon().name("segue-timeline").start(this::work);
  }

  void add(AttemptRow row) {
    if (!queue.offer(row)) {
      metrics.attemptsLost(1);
    }
  }

  private void work() {
    List<AttemptRow> rows = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        AttemptRow first = queue.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          rows.add(first);
          if (!closed) {
            TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
          }
        }
      } catch (InterruptedException e) {
        closed = true;
      }
      queue.drainTo(rows, MOST_AT_ONCE - rows.size());
      if (!rows.isEmpty()) {
        write(rows);
        rows.clear();
      }
    }
  }

  private void write(List<AttemptRow> rows) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, serverId);
      insert.setArray(2, numbers(connection, rows, AttemptRow::processInstanceKey));
      insert.setArray(3, numbers(connection, rows, AttemptRow::elementInstanceKey));
      insert.setArray(4, texts(connection, rows, AttemptRow::elementId));
      insert.setArray(5, numbers(connection, rows, AttemptRow::jobKey));
      insert.setArray(6, texts(connection, rows, AttemptRow::stepType));
      insert.setArray(7, texts(connection, rows, AttemptRow::pluginVersion));
      insert.setArray(8, texts(connection, rows, row -> row.startedAt().toString()));
      insert.setArray(9, texts(connection, rows, row -> row.finishedAt().toString()));
      insert.setArray(10, texts(connection, rows, AttemptRow::outcome));
      insert.setArray(11, texts(connection, rows, row -> storable(row.message())));
      insert.setArray(12, texts(connection, rows, row -> storable(row.result())));
      insert.setArray(
          13,
          connection.createArrayOf(
              "boolean", rows.stream().map(AttemptRow::failed).toArray(Boolean[]::new)));
      insert.executeUpdate();
    } catch (SQLException | RuntimeException e) {
      metrics.attemptsLost(rows.size());
      LOG.warn("Lost {} lines of the timeline: {}", rows.size(), e.getMessage());
    }
  }

  /** PostgreSQL has no room for the NUL character, neither in text nor in jsonb. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace("\0", "").replace("\\u0000", "");
  }

  private static Array texts(
      Connection connection, List<AttemptRow> rows, Function<AttemptRow, @Nullable String> part)
      throws SQLException {
    return connection.createArrayOf("text", rows.stream().map(part).toArray());
  }

  private static Array numbers(
      Connection connection, List<AttemptRow> rows, Function<AttemptRow, Long> part)
      throws SQLException {
    return connection.createArrayOf("bigint", rows.stream().map(part).toArray());
  }

  /** Writes what is waiting, then stops. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
