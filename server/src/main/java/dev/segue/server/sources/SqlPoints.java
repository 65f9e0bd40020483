package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.storage.QueryRole;
import dev.segue.server.storage.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads points by queries that people wrote. Thread-safe. */
final class SqlPoints {

  private static final String FIELD = "sql.query";
  private static final int ROWS_AT_ONCE = 2000;
  private static final String CANCELLED = "57014";
  private static final String NO_RIGHT = "42501";
  private static final String READ_ONLY = "25006";

  private final QueryRole role;

  SqlPoints(QueryRole role) {
    this.role = role;
  }

  /**
   * Reads the points of a period.
   *
   * @param metric of which the points are whose row doesn't say so
   * @param most how many rows are read
   * @return whether there are more rows
   * @throws SourceException if the query is refused, fails or takes too long; rows that came before
   *     are with the sink
   */
  boolean read(
      Definition.Origin.Sql source,
      @Nullable String metric,
      Period period,
      int most,
      PointSink sink)
      throws SourceException {
    String sql =
        "select * from (\n%s\n) as collected limit %d".formatted(source.query().sql(), most + 1L);
    QueryGuard.Binding binding = statement -> bind(statement, source.query(), period);
    long until = System.nanoTime() + source.timeout().multipliedBy(2).toNanos();
    try (Connection connection = role.open(source.timeout())) {
      QueryGuard.check(connection, source.query(), sql, binding);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        binding.set(statement);
        statement.setFetchSize(ROWS_AT_ONCE);
        PointColumns columns = PointColumns.of(statement.getMetaData(), metric);
        try (ResultSet rows = statement.executeQuery()) {
          for (int row = 1; rows.next(); row++) {
            if (row > most) {
              return true;
            }
            if (System.nanoTime() > until) {
              throw tooSlow(source.timeout());
            }
            columns.read(rows, row, sink);
          }
        }
      }
      return false;
    } catch (SQLException e) {
      throw failure(e, source.timeout());
    } catch (StorageException e) {
      throw new SourceException("sql", String.valueOf(e.getMessage()));
    }
  }

  private static void bind(PreparedStatement statement, QueryText query, Period period)
      throws SQLException {
    int index = 1;
    for (String name : query.parameters()) {
      statement.setObject(
          index++, (name.equals("from") ? period.from() : period.to()).atOffset(ZoneOffset.UTC));
    }
  }

  private static SourceException tooSlow(Duration timeout) {
    return new SourceException(
        FIELD,
        "It takes longer than %s. Ask for less (:from and :to), or give it more time by sql.timeout."
            .formatted(timeout));
  }

  private static SourceException failure(SQLException e, Duration timeout) {
    String state = String.valueOf(e.getSQLState());
    String said = said(e);
    return switch (state) {
      case CANCELLED -> tooSlow(timeout);
      case NO_RIGHT ->
          new SourceException(
              FIELD,
              "The database says: %s. A query reads the views of the schema data, such as data.sales_line, and nothing else."
                  .formatted(said));
      case READ_ONLY ->
          new SourceException(FIELD, "The database says: %s. A query only reads.".formatted(said));
      default -> new SourceException(FIELD, "The database says: %s.".formatted(said));
    };
  }

  /** Without the position, which counts what was put around the query too. */
  private static String said(SQLException e) {
    String message =
        String.valueOf(e.getMessage())
            .lines()
            .map(String::strip)
            .filter(line -> !line.startsWith("Position:"))
            .reduce((one, other) -> one + "; " + other)
            .orElse("");
    String plain = message.startsWith("ERROR: ") ? message.substring(7) : message;
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }
}
