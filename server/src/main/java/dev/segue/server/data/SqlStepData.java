package dev.segue.server.data;

import dev.segue.sdk.StepData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The data access of one attempt: every connection is bound to its "now" and its deadline. */
final class SqlStepData implements StepData {

  private static final Executor SAME_THREAD = Runnable::run;
  private static final Duration NETWORK_GRACE = Duration.ofSeconds(5);

  private final PluginDataRequest request;
  private final String schema;
  private final Supplier<? extends DataSource> pool;

  SqlStepData(PluginDataRequest request, String schema, Supplier<? extends DataSource> pool) {
    this.request = request;
    this.schema = schema;
    this.pool = pool;
  }

  @Override
  public DataSource dataSource() {
    return new BoundDataSource(this::connect);
  }

  @Override
  public CopyResult copyInto(String table, List<String> columns, Iterator<Object[]> rows)
      throws SQLException {
    if (request.readOnly()) {
      throw new SQLException(
          "copyInto(" + table + ") is refused: this step may only read here", "25006");
    }
    try (Connection connection = connect()) {
      return new BulkLoad(connection, schema, table, columns).run(rows);
    }
  }

  private Connection connect() throws SQLException {
    Duration left = Duration.between(Instant.now(), request.deadline());
    if (left.isNegative() || left.isZero()) {
      throw new SQLException("the step's time is up", "57014");
    }
    Connection connection = pool.get().getConnection();
    try {
      connection.setNetworkTimeout(
          SAME_THREAD, Math.toIntExact(Math.min(left.plus(NETWORK_GRACE).toMillis(), 86_400_000)));
      bind(connection, left);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void bind(Connection connection, Duration left) throws SQLException {
    Instant asOf = request.asOf();
    String millis = Long.toString(left.toMillis());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select set_config('segue.as_of', ?, false), set_config('segue.knowledge', ?, false),"
                + " set_config('statement_timeout', ?, false),"
                + " set_config('idle_in_transaction_session_timeout', ?, false)")) {
      statement.setString(1, asOf == null ? "" : asOf.toString());
      statement.setString(2, asOf == null ? "" : request.knowledge().label());
      statement.setString(3, millis);
      statement.setString(4, millis);
      statement.execute();
    }
  }
}
