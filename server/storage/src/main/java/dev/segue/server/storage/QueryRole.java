package dev.segue.server.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The role for queries that people write. It reads the views of the schema {@code data} and nothing
 * else of Segue's; its sessions are read-only, have little memory, and end with the query, so that
 * nothing of it stays. Thread-safe.
 */
public final class QueryRole {

  private static final String ROLE = "segue_query";
  private static final String NO_RIGHT = "42501";
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  /** Of what one answer may take in this server's memory, however long a single text is. */
  private static final String MOST_BUFFERED = "64M";

  private final Database database;
  private volatile @Nullable DatabaseAddress ready;

  /** Works on a migrated database. */
  public QueryRole(Database database) {
    this.database = database;
  }

  /**
   * Signs in. The connection is in a read-only transaction, and not of any pool: close it after the
   * query.
   *
   * @param limit how long a statement may take
   * @throws StorageException if the database doesn't let Segue make the role, with the SQL to run
   * @throws SQLException if the database can't be reached
   */
  public Connection open(Duration limit) throws SQLException {
    DatabaseAddress address = address();
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("ApplicationName", "segue query");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", Long.toString(limit.plus(Sessions.GRACE).toSeconds()));
    properties.setProperty("maxResultBuffer", MOST_BUFFERED);
    properties.setProperty("currentSchema", "data");
    properties.setProperty("options", options(limit));
    Connection connection = new Driver().connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL address: " + address);
    }
    try {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Of the role, which is made on first use. */
  private DatabaseAddress address() {
    DatabaseAddress known = ready;
    if (known == null) {
      known = new Roles(database).ensure(ROLE);
      grant();
      ready = known;
    }
    return known;
  }

  private static String options(Duration limit) {
    return "-c default_transaction_read_only=on -c standard_conforming_strings=on"
        + " -c work_mem=16MB -c hash_mem_multiplier=1"
        + " -c max_parallel_workers_per_gather=0 -c lock_timeout="
        + LOCK_TIMEOUT.toMillis()
        + " -c statement_timeout="
        + limit.toMillis()
        + " -c idle_in_transaction_session_timeout="
        + limit.multipliedBy(2).toMillis();
  }

  private void grant() {
    String role = Roles.quoted(ROLE);
    try {
      database.inTransaction(
          context -> {
            context.execute("select pg_advisory_xact_lock(hashtext('segue.database_role'))");
            context.execute("grant usage on schema data to " + role);
            views(context)
                .forEach(view -> context.execute("grant select on " + view + " to " + role));
          });
    } catch (DataAccessException e) {
      if (!NO_RIGHT.equals(e.sqlState())) {
        throw e;
      }
      throw new StorageException(
          "The database at %s doesn't let Segue share the views of the schema data. Have an administrator run: GRANT USAGE ON SCHEMA data TO %s; GRANT SELECT ON %s TO %s;"
              .formatted(
                  database.address().url(), role, String.join(", ", views(database.jooq())), role),
          e);
    }
  }

  private static Iterable<String> views(DSLContext context) {
    return context
        .fetch(
            "select 'data.' || quote_ident(viewname) from pg_views where schemaname = 'data'"
                + " order by viewname")
        .getValues(0, String.class);
  }
}
