package dev.segue.sdk;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import javax.sql.DataSource;

/**
 * Business data and the plugin's own tables. Thread-safe.
 *
 * <p>Connections see the views of the schema {@code data}, which show only what was known at the
 * run's {@link StepContext#now()}, and the plugin's own schema, which comes first in the search
 * path. They are read-only for {@link Effect#NONE} and {@link Effect#READ}, for planning and in
 * simulated runs. Statements are cut off at the step's deadline.
 */
public interface StepData {

  /**
   * Hands out JDBC connections under the plugin's role.
   *
   * @return a small pool; close each connection after use
   */
  DataSource dataSource();

  /**
   * Loads rows in bulk: a new row is inserted, a row whose primary key is there already is updated
   * where a value differs. All or nothing.
   *
   * @param table a view of the schema {@code data} such as {@code data.sales_line}, or a table of
   *     the plugin's own schema
   * @param columns names of the columns in the order of the values; must include the primary key
   * @param rows one array per row with a value per column, as JDBC would take it; read once, never
   *     held as a whole, so that any number of rows fits into memory. A later row replaces an
   *     earlier one with the same key
   * @return how many rows were new, altered and as they were
   * @throws SQLException if the database refuses the rows, or if writing isn't allowed here
   */
  CopyResult copyInto(String table, List<String> columns, Iterator<Object[]> rows)
      throws SQLException;

  /**
   * What a bulk load did.
   *
   * @param inserted rows that are new
   * @param updated rows that were there and differ now
   * @param unchanged rows that were there as they are
   */
  record CopyResult(long inserted, long updated, long unchanged) {}
}
