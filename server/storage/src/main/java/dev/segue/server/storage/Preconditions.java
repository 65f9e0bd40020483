package dev.segue.server.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What a database must offer before Segue uses it, checked with answers that say what to change.
 */
final class Preconditions {

  private static final int OLDEST = 14;
  private static final int VERSION_FACTOR = 10_000;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final String WRONG_PASSWORD = "28P01";
  private static final String NOT_ALLOWED = "28000";
  private static final String NO_DATABASE = "3D000";

  private static final String QUESTIONS =
      """
      SELECT current_setting('server_version_num')::int AS version,
             current_setting('server_encoding') AS encoding,
             pg_is_in_recovery() AS standby,
             has_database_privilege(current_database(), 'CREATE') AS may_create,
             (SELECT count(*) FROM pg_namespace WHERE nspname IN ('segue', 'history', 'data'))
               AS schemas,
             current_user AS role,
             current_database() AS database,
             (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user)
               AS may_create_roles,
             EXISTS (SELECT FROM pg_roles WHERE rolname = 'segue_exporter') AS has_exporter
      """;

  private Preconditions() {}

  static void check(DatabaseAddress address) {
    try (Connection connection = Sessions.open(address, "segue-check", ANSWER);
        Statement statement = connection.createStatement();
        ResultSet answers = statement.executeQuery(QUESTIONS)) {
      answers.next();
      check(address, answers);
    } catch (SQLException e) {
      throw new StorageException(explain(address, e), e);
    }
  }

  private static void check(DatabaseAddress address, ResultSet answers) throws SQLException {
    String place = "The database at " + address.url();
    int version = answers.getInt("version");
    if (version / VERSION_FACTOR < OLDEST) {
      throw new StorageException(
          place + " runs PostgreSQL " + version / VERSION_FACTOR + "; Segue needs 14 or newer.");
    }
    if (!"UTF8".equals(answers.getString("encoding"))) {
      throw new StorageException(
          place
              + " has the encoding "
              + answers.getString("encoding")
              + ". Create a database for Segue with ENCODING 'UTF8'.");
    }
    if (answers.getBoolean("standby")) {
      throw new StorageException(
          place + " is a read-only standby. Give the address of the primary server.");
    }
    String role = Roles.quoted(answers.getString("role"));
    if (!answers.getBoolean("may_create") && answers.getInt("schemas") < 3) {
      throw new StorageException(
          place
              + " doesn't let Segue create its schemas. Have an administrator run: GRANT CREATE ON"
              + " DATABASE "
              + Roles.quoted(answers.getString("database"))
              + " TO "
              + role
              + ";");
    }
    if (!answers.getBoolean("may_create_roles") && !answers.getBoolean("has_exporter")) {
      throw new StorageException(
          place
              + " doesn't let Segue create roles. Have an administrator run: ALTER ROLE "
              + role
              + " CREATEROLE; or, to create each role by hand: "
              + Roles.creationByHand(Roles.EXPORTER, role));
    }
  }

  private static String explain(DatabaseAddress address, SQLException fault) {
    String state = fault.getSQLState() == null ? "" : fault.getSQLState();
    return switch (state) {
      case WRONG_PASSWORD, NOT_ALLOWED ->
          "The database at "
              + address.url()
              + " refuses the user "
              + address.user()
              + " or its password. Check both settings.";
      case NO_DATABASE ->
          "The server of "
              + address.url()
              + " has no such database. Have an administrator run CREATE DATABASE … OWNER "
              + address.user()
              + ";";
      default ->
          "The database at "
              + address.url()
              + " can't be reached: "
              + fault.getMessage()
              + ". Check that the server runs and that host, port and network are right.";
    };
  }
}
