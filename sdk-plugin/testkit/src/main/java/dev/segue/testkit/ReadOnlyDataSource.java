package dev.segue.testkit;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Makes every connection refuse to write. */
final class ReadOnlyDataSource implements DataSource {

  private final DataSource source;

  ReadOnlyDataSource(DataSource source) {
    this.source = source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return readOnly(source.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return readOnly(source.getConnection(user, password));
  }

  /**
   * Tells the database, because the driver alone lets statements outside a transaction write.
   * Undone when the connection goes back to a pool.
   */
  private static Connection readOnly(Connection connection) throws SQLException {
    characteristics(connection, "READ ONLY");
    return (Connection)
        Proxy.newProxyInstance(
            ReadOnlyDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && !connection.isClosed()) {
                characteristics(connection, "READ WRITE");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private static void characteristics(Connection connection, String mode) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION " + mode);
    }
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
