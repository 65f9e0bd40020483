package dev.segue.plugins.posfiles;

import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import dev.segue.server.storage.testing.TestBinaries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL with Segue's tables and this plugin's. The server's migrations are taken from
 * its sources: on the class path they would mix with the plugin's, which have the same folder.
 */
final class SalesDatabase implements AutoCloseable {

  private static final String TEMPLATE = "sales_template";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();
  private DatabaseAddress current;

  SalesDatabase(Path folder) {
    server =
        EmbeddedPostgres.start(
            EmbeddedPostgresSettings.throwAway(folder, TestBinaries.sharedFolder()));
    administer("create database " + TEMPLATE + " owner " + server.owner().user());
    current = address(TEMPLATE);
    Flyway.configure()
        .dataSource(current.url(), current.user(), current.password())
        .locations("filesystem:" + Checkout.find("server/storage/src/main/resources/db/migration"))
        .defaultSchema("segue")
        .createSchemas(true)
        .load()
        .migrate();
  }

  /** Makes a fresh database and hands out the plugin's way into it. */
  PGSimpleDataSource fresh() throws SQLException, IOException {
    String name = "sales_" + databases.incrementAndGet();
    administer(
        "create database " + name + " owner " + server.owner().user() + " template " + TEMPLATE);
    current = address(name);
    PluginRoles.Access access;
    try (Database database = Database.open(current, DatabaseSettings.defaults())) {
      access = new PluginRoles(database).ensure("pos-files");
    }
    PGSimpleDataSource writer = new PGSimpleDataSource();
    writer.setUrl(access.writer().url());
    writer.setUser(access.writer().user());
    writer.setPassword(access.writer().password());
    try (Connection connection = writer.getConnection();
        Statement statement = connection.createStatement();
        InputStream sql = getClass().getResourceAsStream("/db/migration/V1__imports.sql")) {
      statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    }
    return writer;
  }

  /** The first field of a query's first row, asked as the database's owner. */
  String text(String query) throws SQLException {
    try (Connection connection = owner();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Executes a command as the database's owner. */
  void sql(String command) throws SQLException {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(current.url(), current.user(), current.password());
  }

  private DatabaseAddress address(String database) {
    DatabaseAddress owner = server.owner();
    return DatabaseAddress.local(server.port(), database, owner.user(), owner.password());
  }

  private void administer(String command) {
    DatabaseAddress superuser = server.superuser();
    try (Connection connection =
            DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException e) {
      throw new IllegalStateException(command, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** Files of the project that this module's tests look at. */
  static final class Checkout {

    private Checkout() {}

    static Path find(String relative) {
      for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
        if (Files.exists(at.resolve(relative))) {
          return at.resolve(relative);
        }
      }
      throw new IllegalStateException("there is no " + relative + " above this folder");
    }
  }
}
