package dev.segue.plugins.alertanalysis.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs single queries. */
final class Rows {

  private final DataSource database;

  Rows(DataSource database) {
    this.database = database;
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Reads all rows; a value may be an {@code Instant}, or a list of texts or of ids. */
  <T> List<T> list(Reader<T> reader, String sql, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        switch (values[i]) {
          case Instant at -> statement.setTimestamp(i + 1, Timestamp.from(at));
          case List<?> many -> {
            String type = many.stream().allMatch(String.class::isInstance) ? "text" : "bigint";
            statement.setArray(i + 1, connection.createArrayOf(type, many.toArray()));
          }
          default -> statement.setObject(i + 1, values[i]);
        }
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }
}
