package dev.segue.server.runs.history;

import dev.segue.server.storage.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Projects a run anew from its records, such as after a fault of the projection was mended. Only
 * where all of its records are still there: half of them would make a wrong history of a right one.
 */
public final class HistoryRebuild {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** The engine's keys carry their partition above this many bits. */
  private static final int PARTITION_SHIFT = 51;

  private static final List<String> TABLES =
      List.of(
          "element", "sequence_flow", "variable", "job", "incident", "user_task", "timer", "run");

  private final Database database;

  /** Works on that database. */
  public HistoryRebuild(Database database) {
    this.database = database;
  }

  /**
   * Projects a run anew, up to where the projector is. Others see the old rows until it is done.
   *
   * @return false, with nothing changed, if the run isn't known or its first records are gone
   */
  public boolean rebuild(long processInstanceKey) {
    return database.transaction(
        LIMIT,
        tx ->
            tx.fetchOptional(
                    """
                    select engine_id, started_at from history.run where process_instance_key = ?\
                    """,
                    processInstanceKey)
                .map(run -> rebuild(tx, processInstanceKey, run))
                .orElse(false));
  }

  private static boolean rebuild(DSLContext tx, long key, Record run) {
    UUID engineId = run.get(0, UUID.class);
    int partition = (int) (key >> PARTITION_SHIFT);
    // While the cursor is held, the projector can't add what was read here a second time.
    Long upTo =
        tx.fetchOptional(
                """
                select position from history.projection_cursor
                where engine_id = ? and partition_id = ? for update\
                """,
                engineId,
                partition)
            .map(row -> row.get(0, Long.class))
            .orElse(-1L);
    LocalDate since = LocalDate.ofInstant(run.get(1, Instant.class), ZoneOffset.UTC).minusDays(1);
    return tx.connectionResult(
        connection -> {
          List<RawRecord> records =
              new RecordReader(connection).ofRun(engineId, partition, upTo, key, since);
          if (records.stream().noneMatch(record -> begins(record, key))) {
            return false;
          }
          replace(connection, engineId, key, records);
          return true;
        });
  }

  private static boolean begins(RawRecord record, long key) {
    return record.key() == key && record.intent().equals("ELEMENT_ACTIVATED");
  }

  private static void replace(
      Connection connection, UUID engineId, long key, List<RawRecord> records) throws SQLException {
    for (String table : TABLES) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "delete from history." + table + " where process_instance_key = ?")) {
        statement.setLong(1, key);
        statement.executeUpdate();
      }
    }
    HistoryFold fold = new HistoryFold();
    records.forEach(fold::add);
    new HistoryTables(connection, engineId).write(fold);
  }
}
