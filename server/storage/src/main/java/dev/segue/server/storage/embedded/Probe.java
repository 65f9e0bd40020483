package dev.segue.server.storage.embedded;

import dev.segue.server.storage.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** Asks a server, with short time-outs, whether it is ready and ours. */
final class Probe {

  private static final String CONNECT_SECONDS = "3";
  private static final String ANSWER_SECONDS = "10";

  private Probe() {}

  /** A connection for a few administrative statements. */
  static Connection connect(DatabaseAddress address) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", ANSWER_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("ApplicationName", "segue-launcher");
    Connection connection = new Driver().connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL address: " + address);
    }
    return connection;
  }

  /** The folder of the data that the server at this address serves. */
  static String dataFolder(DatabaseAddress superuser) throws SQLException {
    try (Connection connection = connect(superuser);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW data_directory")) {
      result.next();
      return result.getString(1);
    }
  }
}
