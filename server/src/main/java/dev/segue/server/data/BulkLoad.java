package dev.segue.server.data;

import dev.segue.sdk.StepData.CopyResult;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Loads rows into a table or an updatable view: COPY into a temporary table, then one statement
 * that inserts what is new and updates what differs. One transaction.
 */
final class BulkLoad {

  private static final String STAGE = "segue_stage";
  private static final String ORDER = "segue_order";

  private final Connection connection;
  private final String schema;
  private final String name;
  private final List<String> columns;

  BulkLoad(Connection connection, String pluginSchema, String table, List<String> columns)
      throws SQLException {
    this.connection = connection;
    int dot = table.indexOf('.');
    this.schema = dot < 0 ? pluginSchema : table.substring(0, dot);
    this.name = table.substring(dot + 1);
    this.columns = List.copyOf(columns);
    if (!schema.equals("data") && !schema.equals(pluginSchema)) {
      throw new SQLException(
          "copyInto takes a view of the schema data or a table of the plugin's own, not " + table,
          "42501");
    }
  }

  CopyResult run(Iterator<Object[]> rows) throws SQLException {
    connection.setAutoCommit(false);
    try {
      List<String> key = primaryKey();
      stage();
      long staged = copy(rows);
      CopyResult result = staged == 0 ? new CopyResult(0, 0, 0) : merge(key);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private List<String> primaryKey() throws SQLException {
    String base = schema.equals("data") ? name + "_row" : name;
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select a.attname
            from pg_constraint c
            join pg_class t on t.oid = c.conrelid
            join pg_namespace n on n.oid = t.relnamespace
            join lateral unnest(c.conkey) with ordinality as k(attnum, place) on true
            join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
            where c.contype = 'p' and n.nspname = ? and t.relname = ?
            order by k.place
            """)) {
      statement.setString(1, schema);
      statement.setString(2, base);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          key.add(found.getString(1));
        }
      }
    }
    if (key.isEmpty()) {
      throw new SQLException(
          "there is no table " + schema + "." + name + " with a primary key", "42P01");
    }
    Set<String> missing = new TreeSet<>(key);
    missing.removeAll(columns);
    if (!missing.isEmpty()) {
      throw new SQLException(
          "the columns given for "
              + schema
              + "."
              + name
              + " lack "
              + missing
              + " of its primary key",
          "42703");
    }
    return key;
  }

  private void stage() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table %s on commit drop as select %s from %s with no data"
              .formatted(STAGE, list(columns), target()));
      statement.execute(
          "alter table %s add column %s bigint generated always as identity"
              .formatted(STAGE, ORDER));
    }
  }

  private long copy(Iterator<Object[]> rows) throws SQLException {
    String command = "copy %s (%s) from stdin".formatted(STAGE, list(columns));
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(command, new CopyText(columns.size(), rows), CopyText.BUFFER);
    } catch (IOException e) {
      throw new SQLException("the rows could not be sent", e);
    }
  }

  private CopyResult merge(List<String> key) throws SQLException {
    List<String> values = columns.stream().filter(column -> !key.contains(column)).toList();
    String match =
        key.stream()
            .map(column -> "t.%1$s = f.%1$s".formatted(quoted(column)))
            .collect(Collectors.joining(" and "));
    String fresh =
        "with fresh as materialized (select distinct on (%s) %s from %s order by %s, %s desc)"
            .formatted(list(key), list(columns), STAGE, list(key), ORDER);
    String update =
        values.isEmpty()
            ? "select 1 where false"
            : "update %s t set %s from fresh f where %s and (%s) is distinct from (%s) returning 1"
                .formatted(
                    target(),
                    values.stream()
                        .map(column -> "%1$s = f.%1$s".formatted(quoted(column)))
                        .collect(Collectors.joining(", ")),
                    match,
                    qualified("t", values),
                    qualified("f", values));
    String insert =
        "insert into %s (%s) select %s from fresh f where not exists (select 1 from %s t where %s) returning 1"
            .formatted(target(), list(columns), qualified("f", columns), target(), match);
    String sql =
        "%s, updated as (%s), inserted as (%s) select (select count(*) from fresh), (select count(*) from updated), (select count(*) from inserted)"
            .formatted(fresh, update, insert);
    try (Statement statement = connection.createStatement();
        ResultSet counts = statement.executeQuery(sql)) {
      counts.next();
      long all = counts.getLong(1);
      long updated = counts.getLong(2);
      long inserted = counts.getLong(3);
      return new CopyResult(inserted, updated, all - updated - inserted);
    }
  }

  private String target() {
    return quoted(schema) + "." + quoted(name);
  }

  private static String list(List<String> names) {
    return names.stream().map(BulkLoad::quoted).collect(Collectors.joining(", "));
  }

  private static String qualified(String alias, List<String> names) {
    return names.stream().map(name -> alias + "." + quoted(name)).collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
