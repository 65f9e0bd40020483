package dev.segue.bpmn.exporter;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Writes the batches of one partition through one connection. Rows and the position up to which
 * they were written are committed together, so what the broker delivers again is recognised by its
 * position alone. Used by one thread.
 */
final class HistoryStore implements BatchSink {

  /** The channel on which each commit is announced; the payload is the partition's id. */
  static final String CHANNEL = "segue_history";

  /** How far the clock of a broker may have stepped back between two records. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private final ExporterSettings settings;
  private final int partitionId;
  private final Set<LocalDate> preparedDays = new HashSet<>();
  private @Nullable Connection connection;

  HistoryStore(ExporterSettings settings, int partitionId) {
    this.settings = settings;
    this.partitionId = partitionId;
  }

  /** Up to where the history of this partition was written. */
  private record Stored(long position, @Nullable Instant writtenAt) {}

  @Override
  public void write(RecordBatch batch) throws SQLException, IOException, EngineChangedException {
    try {
      Connection open = connect();
      prepareDays(open, batch.days());
      Stored stored = lockPosition(open);
      int known = batch.countUpTo(stored.position());
      if (known > 0) {
        checkSameEngine(open, batch, known, stored);
      }
      if (known < batch.size()) {
        RecordCopy.write(open, batch, known);
        advance(open, batch.last());
      }
      open.commit();
    } catch (EngineChangedException e) {
      remember(e.reason());
      throw e;
    } catch (SQLException | IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Connection connect() throws SQLException, IOException {
    Connection open = connection;
    if (open != null) {
      return open;
    }
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.currentPassword());
    properties.setProperty("ApplicationName", "segue-exporter-" + partitionId);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "15");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("tcpKeepAlive", "true");
    open = new Driver().connect(settings.url(), properties);
    if (open == null) {
      throw new SQLException("The driver doesn't take the address " + settings.url());
    }
    open.setAutoCommit(false);
    connection = open;
    return open;
  }

  /** Adds the days' table partitions in a transaction of its own, so that their lock is short. */
  private void prepareDays(Connection open, Set<LocalDate> days) throws SQLException {
    if (preparedDays.containsAll(days)) {
      return;
    }
    try (PreparedStatement statement =
        open.prepareStatement("select history.ensure_partition(?)")) {
      for (LocalDate day : days) {
        statement.setObject(1, day);
        statement.execute();
      }
    }
    open.commit();
    preparedDays.addAll(days);
  }

  /** Reads the position and holds it, so that two brokers can't write one partition at once. */
  private Stored lockPosition(Connection open) throws SQLException {
    String select =
        "select position, written_at from history.exporter_position"
            + " where engine_id = ? and partition_id = ? for update";
    try (PreparedStatement statement = open.prepareStatement(select)) {
      identify(statement, 1);
      try (ResultSet result = statement.executeQuery()) {
        if (result.next()) {
          OffsetDateTime writtenAt = result.getObject(2, OffsetDateTime.class);
          return new Stored(result.getLong(1), writtenAt == null ? null : writtenAt.toInstant());
        }
      }
    }
    String insert =
        "insert into history.exporter_position (engine_id, partition_id, position)"
            + " values (?, ?, -1) on conflict do nothing";
    try (PreparedStatement statement = open.prepareStatement(insert)) {
      identify(statement, 1);
      statement.executeUpdate();
    }
    return lockPosition(open);
  }

  /**
   * A record that is delivered again is the one that was written at its position. Another record
   * there, or one from a later time, means that the engine was emptied or exchanged, and that its
   * records would silently be taken for known ones.
   */
  private void checkSameEngine(Connection open, RecordBatch batch, int known, Stored stored)
      throws SQLException, EngineChangedException {
    RecordBatch.Row first = batch.row(0);
    String select =
        "select record_key, written_at from history.record"
            + " where engine_id = ? and partition_id = ? and position = ?";
    try (PreparedStatement statement = open.prepareStatement(select)) {
      identify(statement, 1);
      statement.setLong(3, first.position());
      try (ResultSet result = statement.executeQuery()) {
        if (result.next()
            && (result.getLong(1) != first.key()
                || !result
                    .getObject(2, OffsetDateTime.class)
                    .toInstant()
                    .equals(first.writtenAt()))) {
          throw changed(first, stored);
        }
      }
    }
    Instant writtenAt = stored.writtenAt();
    if (writtenAt == null) {
      return;
    }
    for (int i = 0; i < known; i++) {
      if (batch.row(i).writtenAt().isAfter(writtenAt.plus(CLOCK_TOLERANCE))) {
        throw changed(batch.row(i), stored);
      }
    }
  }

  private EngineChangedException changed(RecordBatch.Row row, Stored stored) {
    return new EngineChangedException(
        "The engine's data was emptied or exchanged: partition "
            + partitionId
            + " delivers position "
            + row.position()
            + " from "
            + row.writtenAt()
            + ", but this database holds the history of engine "
            + settings.engineId()
            + " up to position "
            + stored.position()
            + ". Nothing more is written. Put back the engine's data folder, or the database's"
            + " backup that belongs to it.");
  }

  private void advance(Connection open, RecordBatch.Row last) throws SQLException {
    String update =
        "update history.exporter_position"
            + " set position = ?, written_at = ?, conflict = null, updated_at = now()"
            + " where engine_id = ? and partition_id = ?";
    try (PreparedStatement statement = open.prepareStatement(update)) {
      statement.setLong(1, last.position());
      statement.setObject(2, last.writtenAt().atOffset(ZoneOffset.UTC));
      identify(statement, 3);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = open.prepareStatement("select pg_notify(?, ?)")) {
      statement.setString(1, CHANNEL);
      statement.setString(2, Integer.toString(partitionId));
      statement.execute();
    }
  }

  /** Leaves the reason where the server sees it and can raise an alarm. */
  private void remember(String conflict) throws SQLException {
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.rollback();
      String update =
          "update history.exporter_position set conflict = ?, updated_at = now()"
              + " where engine_id = ? and partition_id = ?";
      try (PreparedStatement statement = open.prepareStatement(update)) {
        statement.setString(1, conflict);
        identify(statement, 2);
        statement.executeUpdate();
      }
      open.commit();
    } finally {
      close();
    }
  }

  private void identify(PreparedStatement statement, int index) throws SQLException {
    statement.setObject(index, settings.engineId());
    statement.setInt(index + 1, partitionId);
  }

  /** Lets go of the connection; a transaction that was open is undone. */
  @Override
  public void close() {
    preparedDays.clear();
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // The server ends the session by itself.
      }
    }
  }
}
