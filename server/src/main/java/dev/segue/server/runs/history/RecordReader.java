package dev.segue.server.runs.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads records in the order of their positions. */
final class RecordReader {

  /** Numbers in variables stay as the engine wrote them. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int FETCH = 1000;
  private static final int MAX_CHARS = 8_000_000;
  private static final String SELECT =
      "select position, written_at, value_type, intent, record_key, body from history.record";

  private final Connection connection;

  RecordReader(Connection connection) {
    this.connection = connection;
  }

  /** The next records of a source: as many as wanted, or fewer if they are large. */
  List<RawRecord> next(Source source, int most) throws SQLException {
    LocalDate day = source.projectedDay();
    List<RawRecord> records = read(source, most, day == null ? null : day.minusDays(1));
    // The day spares looking into old partitions; a clock that was set back must not hide records.
    return records.isEmpty() && day != null ? read(source, most, null) : records;
  }

  private List<RawRecord> read(Source source, int most, @Nullable LocalDate since)
      throws SQLException {
    String sql =
        SELECT
            + " where engine_id = ? and partition_id = ? and position > ?"
            + (since == null ? "" : " and day >= ?")
            + " order by position limit "
            + most;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      statement.setObject(1, source.engineId());
      statement.setInt(2, source.partitionId());
      statement.setLong(3, source.projected());
      if (since != null) {
        statement.setObject(4, since);
      }
      return collect(statement, MAX_CHARS);
    }
  }

  /** All records of a run, in one partition, up to a position. */
  List<RawRecord> ofRun(UUID engineId, int partitionId, long upTo, long run, LocalDate since)
      throws SQLException {
    String sql =
        SELECT
            + " where engine_id = ? and partition_id = ? and position <= ? and day >= ?"
            + " and (body ->> 'run')::bigint = ? order by position";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, engineId);
      statement.setInt(2, partitionId);
      statement.setLong(3, upTo);
      statement.setObject(4, since);
      statement.setLong(5, run);
      return collect(statement, Long.MAX_VALUE);
    }
  }

  private static List<RawRecord> collect(PreparedStatement statement, long maxChars)
      throws SQLException {
    List<RawRecord> records = new ArrayList<>();
    long chars = 0;
    try (ResultSet result = statement.executeQuery()) {
      while (chars < maxChars && result.next()) {
        String body = result.getString(6);
        chars += body.length();
        records.add(
            new RawRecord(
                result.getLong(1),
                result.getObject(2, OffsetDateTime.class).toInstant(),
                result.getString(3),
                result.getString(4),
                result.getLong(5),
                JSON.readTree(body)));
      }
    }
    return records;
  }
}
