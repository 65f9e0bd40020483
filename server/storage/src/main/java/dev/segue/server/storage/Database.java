package dev.segue.server.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TransactionListenerProvider;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The server's access to its database: a pool of connections for the role that owns the schemas.
 * The same for an embedded and an external server. Thread-safe; every call may block, so call from
 * virtual threads and never from an event loop.
 */
public final class Database implements AutoCloseable {

  private static final Executor SAME_THREAD = Runnable::run;

  private final DatabaseAddress address;
  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final DSLContext jooq;
  private final Notifications notifications;

  private Database(
      DatabaseAddress address,
      DatabaseSettings settings,
      HikariDataSource pool,
      TransactionListenerProvider[] listeners) {
    this.address = address;
    this.settings = settings;
    this.pool = pool;
    this.jooq =
        new DefaultConfiguration()
            .set(pool)
            .set(SQLDialect.POSTGRES)
            .set(jooqSettings())
            .set(listeners)
            .dsl();
    this.notifications = new Notifications(address);
  }

  /**
   * Opens a database after checking that it can serve: reachable, version, encoding, rights.
   *
   * @param listeners hear of every transaction's begin, commit and rollback
   * @throws StorageException if it can't, with what to change
   */
  public static Database open(
      DatabaseAddress address,
      DatabaseSettings settings,
      TransactionListenerProvider... listeners) {
    Preconditions.check(address);
    HikariConfig config = new HikariConfig();
    config.setPoolName("segue");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setDataSourceProperties(Sessions.pooled(settings));
    config.addDataSourceProperty("ApplicationName", "segue");
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(Math.min(4, settings.maxConnections()));
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    return new Database(address, settings, new HikariDataSource(config), listeners);
  }

  /** The address that this was opened with. */
  public DatabaseAddress address() {
    return address;
  }

  /** Statements outside of a transaction: each commits by itself. */
  public DSLContext jooq() {
    return jooq;
  }

  /** The pool itself, for libraries that want JDBC. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Does work in one transaction, which commits when the work returns and rolls back when it
   * throws. A call inside the work would be a transaction of its own: pass the context on.
   *
   * @param work gets the context to use; must not keep it
   * @throws DataAccessException if the database refuses or can't be reached
   */
  public <T extends @Nullable Object> T transaction(Function<DSLContext, T> work) {
    return transaction(settings.statementTimeout(), work);
  }

  /** Same as {@link #transaction(Function)}, for work without a result. */
  public void inTransaction(Consumer<DSLContext> work) {
    transaction(
        context -> {
          work.accept(context);
          return true;
        });
  }

  /**
   * Same as {@link #transaction(Function)}, for bulk work whose statements may take longer than the
   * pool's.
   *
   * @param statementTimeout the longest that one statement may take, in this transaction alone
   */
  public <T extends @Nullable Object> T transaction(
      Duration statementTimeout, Function<DSLContext, T> work) {
    boolean longer = statementTimeout.compareTo(settings.statementTimeout()) > 0;
    return jooq.transactionResult(
        configuration -> {
          DSLContext context = configuration.dsl();
          return longer ? patiently(context, statementTimeout, work) : work.apply(context);
        });
  }

  private static <T extends @Nullable Object> T patiently(
      DSLContext context, Duration statementTimeout, Function<DSLContext, T> work) {
    String millis = Long.toString(statementTimeout.toMillis());
    context.execute(
        "select set_config('statement_timeout', ?, true),"
            + " set_config('idle_in_transaction_session_timeout', ?, true)",
        millis,
        millis);
    int usual =
        waitAtMost(context, Math.toIntExact(statementTimeout.plus(Sessions.GRACE).toMillis()));
    try {
      return work.apply(context);
    } finally {
      waitAtMost(context, usual);
    }
  }

  /** Sets how long this connection waits for an answer, and returns what it was. */
  private static int waitAtMost(DSLContext context, int millis) {
    return context.connectionResult(
        connection -> {
          int before = connection.getNetworkTimeout();
          if (!connection.isClosed()) {
            connection.setNetworkTimeout(SAME_THREAD, millis);
          }
          return before;
        });
  }

  /**
   * Listens on a channel of {@code NOTIFY} until closed. All channels share one connection, which
   * comes back by itself; what was sent while it was away is lost, so read the tables again on
   * {@link NotificationListener#connected()}.
   *
   * @param channel letters, digits and underscores
   * @return ends this listening
   */
  public AutoCloseable listen(String channel, NotificationListener listener) {
    return notifications.listen(channel, listener);
  }

  /**
   * Stands for election among all servers that share this database.
   *
   * @param role what one server at a time shall do, such as {@code projector}
   * @param duty started when this server is elected, stopped when it loses
   * @return ends the candidacy, and the duty with it
   */
  public Leadership lead(String role, Leadership.Duty duty) {
    return Leadership.stand(address, role, duty);
  }

  /** Closes pool and listening. Candidacies are closed by who opened them. */
  @Override
  public void close() {
    notifications.close();
    pool.close();
  }

  private static Settings jooqSettings() {
    // jOOQ would log the values of statements, secrets among them.
    return new Settings().withRenderCatalog(false).withExecuteLogging(false);
  }
}
