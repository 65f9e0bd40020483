package dev.segue.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Migrations;
import dev.segue.server.storage.StorageException;
import dev.segue.server.storage.testing.TestBinaries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path home;

  @Test
  void keepsItsDataDurablyAndItsPortAndPasswordsOverARestart() throws SQLException {
    int port;
    String password;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThat(postgres.state()).isEqualTo(PostgresState.READY);
      run(postgres, "create table note (text text)");
      run(postgres, "insert into note values ('kept')");
      for (String name : List.of("fsync", "synchronous_commit", "full_page_writes", "autovacuum")) {
        assertThat(ask(postgres, "show " + name)).as(name).isEqualTo("on");
      }
      assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(askSuperuser(postgres, "show unix_socket_directories")).isEmpty();
      assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
      assertThat(ask(postgres, "select usesuper::text from pg_user where usename = current_user"))
          .isEqualTo("false");
      port = postgres.port();
      password = postgres.owner().password();
    }

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThat(postgres.adopted()).isFalse();
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(postgres.owner().password()).isEqualTo(password);
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void letsNobodyElseIn() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      for (String role : List.of("segue", "postgres")) {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.owner().url(), role, "guess"))
            .isInstanceOf(SQLException.class)
            .extracting(fault -> ((SQLException) fault).getSQLState())
            .isEqualTo("28P01");
      }
      try (Stream<Path> files = Files.list(home.resolve("postgres"))) {
        assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .endsWith("------"));
      }
    }
  }

  @Test
  void comesBackWithEveryCommittedRowWhenItsProcessIsKilled() throws SQLException {
    List<PostgresState> states = new CopyOnWriteArrayList<>();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings(), states::add);
        Database database = Database.open(postgres.owner(), DatabaseSettings.defaults())) {
      run(postgres, "create table note (text text)");
      run(postgres, "insert into note values ('kept')");
      long pid = postgres.pid().orElseThrow();
      int port = postgres.port();

      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      await()
          .atMost(PATIENCE)
          .until(() -> states.size() >= 4 && postgres.state() == PostgresState.READY);
      assertThat(states)
          .containsExactly(
              PostgresState.STARTING,
              PostgresState.READY,
              PostgresState.RESTARTING,
              PostgresState.READY);
      assertThat(postgres.pid().orElseThrow()).isNotEqualTo(pid);
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(database.jooq().fetchSingle("select text from note").get(0)).isEqualTo("kept");
    }
    assertThat(states).last().isEqualTo(PostgresState.STOPPED);
  }

  @Test
  void aSecondServerOnTheSameDataIsRefused() throws SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("in use by another Segue server");
      assertThat(ask(postgres, "select 'well'")).isEqualTo("well");
    }
  }

  @Test
  void movesToAnotherPortWhenItsOwnIsTaken() throws Exception {
    int port;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      port = postgres.port();
      run(postgres, "create table note as select 'kept' as text");
    }
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThat(postgres.port()).isNotEqualTo(other.getLocalPort());
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void startsAlthoughACrashLeftItsProcessFileWithTheNumberOfAnotherProgram() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      run(postgres, "create table note as select 'kept' as text");
    }
    Path data = home.resolve("postgres/data");
    Files.writeString(
        data.resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + data + "\n1\n5432\n\n127.0.0.1\n\nready\n");

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void saysWhatIsWrongWithAHomeFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "not a folder");

    assertThatThrownBy(
            () -> EmbeddedPostgres.start(EmbeddedPostgresSettings.inHome(file.resolve("home"))))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Segue can't write to " + file.resolve("home"))
        .hasMessageContaining("choose another home folder");
  }

  @Test
  void saysThatThePasswordFileIsMissing() throws IOException {
    EmbeddedPostgres.start(settings()).close();
    Files.delete(home.resolve("postgres/superuser.password"));

    assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("superuser.password")
        .hasMessageContaining("backup");
  }

  @Test
  void servesAsAnExternalDatabaseByItsUrl() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings())) {
      Migrations.migrate(postgres.owner());
      try (Database database = Database.open(postgres.owner(), DatabaseSettings.defaults())) {
        assertThat(database.jooq().fetch("select * from segue.run")).isEmpty();
      }
    }
  }

  private EmbeddedPostgresSettings settings() {
    EmbeddedPostgresSettings usual = EmbeddedPostgresSettings.inHome(home);
    return new EmbeddedPostgresSettings(
        usual.folder(),
        TestBinaries.sharedFolder(),
        usual.logs(),
        usual.startTimeout(),
        usual.stopTimeout(),
        usual.durability());
  }

  private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    return ask(postgres.owner(), sql);
  }

  private static String askSuperuser(EmbeddedPostgres postgres, String sql) throws SQLException {
    return ask(postgres.superuser(), sql);
  }

  private static String ask(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.owner().url(), postgres.owner().user(), postgres.owner().password());
  }
}
