package dev.segue.server.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** The properties of connections: time-outs on both ends, so that nobody waits for the dead. */
final class Sessions {

  /** How much longer the client waits than the server works, so that the server answers first. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final String CONNECT_SECONDS = "5";
  private static final String KEEPALIVE =
      " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

  private Sessions() {}

  /** For pooled connections. */
  static Properties pooled(DatabaseSettings settings) {
    Properties properties = common(settings.statementTimeout().plus(GRACE));
    properties.setProperty(
        "options",
        "-c statement_timeout="
            + settings.statementTimeout().toMillis()
            + " -c lock_timeout="
            + settings.lockTimeout().toMillis()
            + " -c idle_in_transaction_session_timeout="
            + settings.statementTimeout().multipliedBy(2).toMillis()
            + KEEPALIVE);
    return properties;
  }

  /**
   * A connection outside of any pool, for what belongs to a session.
   *
   * @param answer how long one answer may take
   */
  static Connection open(DatabaseAddress address, String name, Duration answer)
      throws SQLException {
    Properties properties = common(answer);
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("ApplicationName", name);
    properties.setProperty("options", KEEPALIVE.strip());
    Connection connection = new Driver().connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL address: " + address);
    }
    return connection;
  }

  private static Properties common(Duration answer) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }
}
