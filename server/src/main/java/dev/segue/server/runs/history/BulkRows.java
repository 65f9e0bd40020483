package dev.segue.server.runs.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one statement, column by column: PostgreSQL gets an array for each column and unnests
 * them. One round trip and one plan for any number of rows.
 */
final class BulkRows {

  /** The type of a column. */
  enum Column {
    INT8(Long[]::new),
    INT4(Integer[]::new),
    BOOL(Boolean[]::new),
    UUID(java.util.UUID[]::new),
    TEXT(String[]::new),
    /** Texts that PostgreSQL reads as JSON. */
    JSONB(String[]::new),
    /** Instants. */
    TIMESTAMPTZ(String[]::new);

    private final java.util.function.IntFunction<Object[]> array;

    Column(java.util.function.IntFunction<Object[]> array) {
      this.array = array;
    }

    String sqlName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Instants and JSON travel as texts, which the statement casts. */
    private String wireName() {
      return this == JSONB || this == TIMESTAMPTZ ? "text" : sqlName();
    }
  }

  private final Column[] columns;
  private final List<List<@Nullable Object>> values = new ArrayList<>();
  private int size;

  BulkRows(Column... columns) {
    this.columns = columns;
    for (int i = 0; i < columns.length; i++) {
      values.add(new ArrayList<>());
    }
  }

  /** Adds a row: a value for each column, of its type. */
  void add(@Nullable Object... row) {
    for (int i = 0; i < columns.length; i++) {
      Object value = row[i];
      values.get(i).add(value instanceof Instant instant ? instant.toString() : value);
    }
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** {@code unnest(…)} with a parameter for each column, to stand in a statement's FROM. */
  String unnest() {
    List<String> parameters = new ArrayList<>();
    for (Column column : columns) {
      parameters.add("?::" + column.sqlName() + "[]");
    }
    return "unnest(" + String.join(", ", parameters) + ")";
  }

  /** Prepares a statement that contains {@link #unnest()} once, before any other parameter. */
  PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < columns.length; i++) {
      Object[] content = values.get(i).toArray(columns[i].array.apply(size));
      Array array = connection.createArrayOf(columns[i].wireName(), content);
      statement.setArray(i + 1, array);
    }
    return statement;
  }

  /** Runs a statement that has no other parameters; nothing happens without rows. */
  void execute(Connection connection, String sql) throws SQLException {
    if (isEmpty()) {
      return;
    }
    try (PreparedStatement statement = prepare(connection, sql)) {
      statement.executeUpdate();
    }
  }
}
