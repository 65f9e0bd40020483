package dev.segue.testkit;

import dev.segue.sdk.StepData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A test's PostgreSQL database as a step sees it. Loads row by row, which is slow and right. */
final class JdbcStepData implements StepData {

  private final DataSource dataSource;
  private final boolean readOnly;

  JdbcStepData(DataSource dataSource) {
    this(dataSource, false);
  }

  private JdbcStepData(DataSource dataSource, boolean readOnly) {
    this.dataSource = dataSource;
    this.readOnly = readOnly;
  }

  JdbcStepData readOnly() {
    return new JdbcStepData(new ReadOnlyDataSource(dataSource), true);
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public CopyResult copyInto(String table, List<String> columns, Iterator<Object[]> rows)
      throws SQLException {
    if (readOnly) {
      throw new SQLException("this step may only read here, so it can't load rows into " + table);
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        CopyResult result = copy(connection, table, columns, rows);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static CopyResult copy(
      Connection connection, String table, List<String> columns, Iterator<Object[]> rows)
      throws SQLException {
    Target target = Target.find(connection, table);
    long[] counts = new long[3];
    try (PreparedStatement upsert = connection.prepareStatement(target.upsert(columns))) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        for (int i = 0; i < row.length; i++) {
          upsert.setObject(i + 1, row[i]);
        }
        try (ResultSet answer = upsert.executeQuery()) {
          counts[!answer.next() ? 2 : answer.getBoolean(1) ? 0 : 1]++;
        }
      }
    }
    return new CopyResult(counts[0], counts[1], counts[2]);
  }

  /** The table behind a view of the schema {@code data}, where system columns can be read. */
  private record Target(String name, List<String> key) {

    static Target find(Connection connection, String table) throws SQLException {
      int dot = table.indexOf('.');
      String schema = dot < 0 ? connection.getSchema() : table.substring(0, dot);
      String name = table.substring(dot + 1);
      for (String candidate : List.of(name + "_row", name)) {
        List<String> key = new ArrayList<>();
        try (ResultSet columns = connection.getMetaData().getPrimaryKeys(null, schema, candidate)) {
          while (columns.next()) {
            key.add(columns.getString("COLUMN_NAME"));
          }
        }
        if (!key.isEmpty()) {
          return new Target(schema + "." + candidate, key);
        }
      }
      throw new SQLException("there is no table " + table + " with a primary key");
    }

    String upsert(List<String> columns) {
      List<String> others = columns.stream().filter(column -> !key.contains(column)).toList();
      String assignments =
          others.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", "));
      String conflict =
          others.isEmpty()
              ? "do nothing"
              : "do update set "
                  + assignments
                  + " where row("
                  + others.stream().map(c -> "t." + c).collect(Collectors.joining(", "))
                  + ") is distinct from row("
                  + others.stream().map(c -> "excluded." + c).collect(Collectors.joining(", "))
                  + ")";
      return "insert into "
          + name
          + " as t ("
          + String.join(", ", columns)
          + ") values ("
          + columns.stream().map(c -> "?").collect(Collectors.joining(", "))
          + ") on conflict ("
          + String.join(", ", key)
          + ") "
          + conflict
          + " returning xmax = 0";
    }
  }
}
