package dev.segue.server.storage.testing;

import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Migrations;
import dev.segue.server.storage.Roles;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One real PostgreSQL for all tests of a JVM, stopped and removed when the JVM ends, in whatever
 * way. Nothing in it is flushed to disk. Thread-safe.
 */
public final class TestPostgres {

  private static final String TEMPLATE = "segue_template";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private TestPostgres() {
    Path folder = temporaryFolder();
    this.server =
        EmbeddedPostgres.start(
            EmbeddedPostgresSettings.throwAway(folder, TestBinaries.sharedFolder()));
    removeAtExit(folder);
    execute("CREATE DATABASE " + TEMPLATE + " OWNER segue");
    Migrations.migrate(address(TEMPLATE));
    // Roles belong to the whole server: all databases copy the exporter's password from here.
    try (Database template = Database.open(address(TEMPLATE), DatabaseSettings.defaults())) {
      new Roles(template).exporter();
    }
  }

  /** The server of this JVM, started on first use. */
  public static TestPostgres shared() {
    return Holder.INSTANCE;
  }

  /** A new database with all migrations applied, for the role that owns it. */
  public DatabaseAddress migrated() {
    return create("TEMPLATE " + TEMPLATE);
  }

  /** A new database without any schema of Segue's, for the role that owns it. */
  public DatabaseAddress empty() {
    return create("");
  }

  /** The same database, for the superuser. */
  public DatabaseAddress superuser(DatabaseAddress database) {
    return database.as(server.superuser().user(), server.superuser().password());
  }

  /** Throws a database away, with whoever is still connected to it. */
  public void drop(DatabaseAddress database) {
    String name = database.url().substring(database.url().lastIndexOf('/') + 1);
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private DatabaseAddress create(String options) {
    String name = "test_" + databases.incrementAndGet();
    execute("CREATE DATABASE " + name + " OWNER segue " + options);
    return address(name);
  }

  private DatabaseAddress address(String database) {
    DatabaseAddress owner = server.owner();
    return DatabaseAddress.local(server.port(), database, owner.user(), owner.password());
  }

  private void execute(String sql) {
    DatabaseAddress superuser = server.superuser();
    try (Connection connection =
            DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("segue-test-postgres-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeAtExit(Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  delete(folder);
                },
                "stop-test-postgres"));
    // A killed JVM runs no hook. This shell sees the end of its input then, and does the same.
    String script =
        "cat >/dev/null; [ -d \"$1\" ] || exit 0;"
            + " kill -QUIT $(head -n 1 \"$1/data/postmaster.pid\"); sleep 1; rm -rf \"$1\"";
    try {
      new ProcessBuilder("setsid", "sh", "-c", script, "sh", folder.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final TestPostgres INSTANCE = new TestPostgres();
  }
}
