package dev.segue.server.runs.history;

import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.storage.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** Projects one batch of one partition in one transaction, the cursor included. */
final class Projection {

  private static final Logger log = LoggerFactory.getLogger(Projection.class);

  /** The outbox kind of a process instance that must be cancelled; its ref is the key. */
  static final String DUPLICATE_KIND = "run.cancel-duplicate";

  private final Database database;
  private final EventBus events;
  private final Outbox outbox;
  private final int batchSize;

  Projection(Database database, EventBus events, Outbox outbox, int batchSize) {
    this.database = database;
    this.events = events;
    this.outbox = outbox;
    this.batchSize = batchSize;
  }

  /**
   * What a batch brought.
   *
   * @param position of its last record; that of the source if there was none
   */
  record Batch(int records, long position) {}

  /** Projects the next records and, after the commit, tells what they say. */
  Batch next(Source source) {
    return database.transaction(
        tx -> tx.connectionResult(connection -> project(tx, connection, source)));
  }

  private Batch project(DSLContext tx, Connection connection, Source source) throws SQLException {
    List<RawRecord> records = new RecordReader(connection).next(source, batchSize);
    if (records.isEmpty()) {
      return new Batch(0, source.projected());
    }
    RawRecord last = records.getLast();
    if (!advance(connection, source, last)) {
      log.warn("Another server projects partition {}; this one leaves it", source.partitionId());
      return new Batch(0, source.projected());
    }
    HistoryFold fold = new HistoryFold();
    records.forEach(fold::add);
    new HistoryTables(connection, source.engineId()).write(fold);
    for (HistoryEvent event : new RunClaims(connection, fold).settle()) {
      if (event instanceof HistoryEvent.DuplicateStarted duplicate) {
        outbox.enqueue(
            tx,
            DUPLICATE_KIND,
            Long.toString(duplicate.processInstanceKey()),
            JsonNodeFactory.instance.objectNode());
      }
      events.publish(tx, event);
    }
    LiveHints.tell(connection, fold);
    return new Batch(records.size(), last.position());
  }

  /** Moves the cursor from where it was read, so that of two projectors one fails. */
  private static boolean advance(Connection connection, Source source, RawRecord last)
      throws SQLException {
    String sql =
        """
        insert into history.projection_cursor as c (engine_id, partition_id, position, day)
        values (?, ?, ?, ?)
        on conflict (engine_id, partition_id) do update
        set position = excluded.position, day = excluded.day, updated_at = now()
        where c.position = ?\
        """;
    UUID engineId = source.engineId();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, engineId);
      statement.setInt(2, source.partitionId());
      statement.setLong(3, last.position());
      statement.setObject(4, LocalDate.ofInstant(last.writtenAt(), ZoneOffset.UTC));
      statement.setLong(5, source.projected());
      return statement.executeUpdate() == 1;
    }
  }
}
