package dev.segue.server.storage.embedded;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PasswordUtil;

/** The role and the database that Segue works with; the superuser only makes these two. */
final class OwnerDatabase {

  private static final String ROLE = "segue";
  private static final String DATABASE = "segue";
  private static final String SECRET = "owner.password";

  private OwnerDatabase() {}

  static DatabaseAddress address(int port, PostgresFolder folder) {
    return DatabaseAddress.local(port, DATABASE, ROLE, folder.secret(SECRET));
  }

  /** Makes both unless they are there, and sets the role's password to the one in its file. */
  static void ensure(DatabaseAddress superuser, PostgresFolder folder) {
    try (Connection connection = Probe.connect(superuser);
        Statement statement = connection.createStatement()) {
      if (isMissing(connection, "SELECT FROM pg_roles WHERE rolname = ?", ROLE)) {
        statement.execute("CREATE ROLE " + ROLE + " LOGIN CREATEROLE");
      }
      // Hashed here, so that no log of statements ever holds the password.
      String verifier = PasswordUtil.encodeScramSha256(folder.secret(SECRET).toCharArray());
      statement.execute("ALTER ROLE " + ROLE + " PASSWORD '" + verifier + "'");
      if (isMissing(connection, "SELECT FROM pg_database WHERE datname = ?", DATABASE)) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
      }
    } catch (SQLException e) {
      throw new StorageException(
          "PostgreSQL runs, but Segue's database could not be made in it: " + e.getMessage(), e);
    }
  }

  private static boolean isMissing(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        return !result.next();
      }
    }
  }
}
