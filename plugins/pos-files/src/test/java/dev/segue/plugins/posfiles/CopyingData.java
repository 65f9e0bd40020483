package dev.segue.plugins.posfiles;

import dev.segue.sdk.StepData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Loads as the server does, by COPY and through the views, so that a million lines take seconds.
 */
final class CopyingData implements StepData {

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "data.sales_order", List.of("site_id", "order_id"),
          "data.sales_line", List.of("site_id", "order_id", "line_id"),
          "rejected_line", List.of("site_id", "folder", "file", "line"));

  private final DataSource database;

  CopyingData(DataSource database) {
    this.database = database;
  }

  @Override
  public DataSource dataSource() {
    return database;
  }

  @Override
  public CopyResult copyInto(String table, List<String> columns, Iterator<Object[]> rows)
      throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String all = String.join(", ", columns);
      statement.execute(
          "create temporary table stage on commit drop as select "
              + all
              + " from "
              + table
              + " with no data");
      statement.execute("alter table stage add column place bigint generated always as identity");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy stage (" + all + ") from stdin", new RowStream(rows), 1 << 16);
      CopyResult result = merge(statement, table, columns);
      connection.commit();
      return result;
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  private static CopyResult merge(Statement statement, String table, List<String> columns)
      throws SQLException {
    String key = String.join(", ", KEYS.get(table));
    String match = both(KEYS.get(table), " and ");
    List<String> values =
        columns.stream().filter(column -> !KEYS.get(table).contains(column)).toList();
    String sql =
        """
        with fresh as materialized (
          select distinct on (%1$s) * from stage order by %1$s, place desc),
        updated as (
          update %2$s t set %3$s from fresh f where %4$s and (%5$s) is distinct from (%6$s)
          returning 1),
        inserted as (
          insert into %2$s (%7$s) select %8$s from fresh f
          where not exists (select 1 from %2$s t where %4$s) returning 1)
        select (select count(*) from fresh), (select count(*) from updated),
          (select count(*) from inserted)
        """
            .formatted(
                key,
                table,
                values.stream().map(c -> c + " = f." + c).collect(Collectors.joining(", ")),
                match,
                of("t", values),
                of("f", values),
                String.join(", ", columns),
                of("f", columns));
    try (ResultSet counts = statement.executeQuery(sql)) {
      counts.next();
      long updated = counts.getLong(2);
      long inserted = counts.getLong(3);
      return new CopyResult(inserted, updated, counts.getLong(1) - updated - inserted);
    }
  }

  private static String both(List<String> columns, String glue) {
    return columns.stream().map(c -> "t." + c + " = f." + c).collect(Collectors.joining(glue));
  }

  private static String of(String alias, List<String> columns) {
    return columns.stream().map(c -> alias + "." + c).collect(Collectors.joining(", "));
  }

  /** Rows as the text that COPY reads, made as they are asked for. */
  private static final class RowStream extends InputStream {
    private final Iterator<Object[]> rows;
    private InputStream current = InputStream.nullInputStream();

    RowStream(Iterator<Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = current.read(buffer, from, length);
      if (read >= 0) {
        return read;
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 500 && rows.hasNext(); i++) {
        append(text, rows.next());
      }
      current = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
      return text.isEmpty() ? -1 : current.read(buffer, from, length);
    }

    private static void append(StringBuilder text, Object[] row) {
      for (int i = 0; i < row.length; i++) {
        String value = String.valueOf(row[i]);
        text.append(i == 0 ? "" : "\t")
            .append(
                value
                    .replace("\\", "\\\\")
                    .replace("\t", "\\t")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r"));
      }
      text.append('\n');
    }
  }
}
