package dev.segue.server.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A server in a JVM of its own, which is killed, or runs under another account. */
class OrphanIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String UNPRIVILEGED = "nobody";

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path folder;

  @Test
  void whatAKilledJvmLeftIsTakenOverWithItsDataAndStoppedInTheEnd() throws Exception {
    Path home = folder.resolve("home");
    Child child = Child.start(List.of(), classPath(), home);
    child.process.destroyForcibly().waitFor();
    assertThat(isAlive(child.postgres)).isTrue();

    try (EmbeddedPostgres postgres = start(home)) {
      assertThat(postgres.adopted()).isTrue();
      assertThat(postgres.pid()).hasValue(child.postgres);
      assertThat(postgres.port()).isEqualTo(child.port);
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
    await().atMost(PATIENCE).until(() -> !isAlive(child.postgres));
  }

  @Test
  void whatAKilledJvmLeftUnderOtherSettingsIsEndedAndStartedAnew() throws Exception {
    Path home = folder.resolve("home");
    Child child = Child.start(List.of(), classPath(), home);
    child.process.destroyForcibly().waitFor();
    Files.writeString(home.resolve("postgres/data/pg_hba.conf"), "# of another version\n");

    try (EmbeddedPostgres postgres = start(home)) {
      assertThat(postgres.adopted()).isFalse();
      assertThat(postgres.port()).isEqualTo(child.port);
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
    assertThat(isAlive(child.postgres)).isFalse();
  }

  @Test
  void aTakenOverServerIsStartedAgainWhenItDies() throws Exception {
    Path home = folder.resolve("home");
    Child child = Child.start(List.of(), classPath(), home);
    child.process.destroyForcibly().waitFor();

    try (EmbeddedPostgres postgres = start(home)) {
      ProcessHandle.of(child.postgres).orElseThrow().destroyForcibly();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  postgres.state() == PostgresState.READY
                      && postgres.pid().orElse(child.postgres) != child.postgres);
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void runsUnderANormalAccount() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "only root can start a JVM under another account; all other tests run without root then");
    Path readable = Files.createTempDirectory("segue-readable-");
    try {
      Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path home = Files.createDirectory(readable.resolve("open"));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
      String classPath = copyClassPath(Files.createDirectory(readable.resolve("classes")));

      Child child =
          Child.start(
              List.of("runuser", "-u", UNPRIVILEGED, "--"), classPath, home.resolve("home"));

      assertThat(Files.getOwner(home.resolve("home/postgres/data")).getName())
          .isEqualTo(UNPRIVILEGED);
      child.process.getOutputStream().close();
      assertThat(child.process.waitFor()).isZero();
      await().atMost(PATIENCE).until(() -> !isAlive(child.postgres));
    } finally {
      PostgresFolder.deleteTree(readable);
    }
  }

  private static EmbeddedPostgres start(Path home) {
    return EmbeddedPostgres.start(EmbeddedPostgresSettings.inHome(home));
  }

  private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.owner().url(), postgres.owner().user(), postgres.owner().password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  /** A dead process whose parent hasn't looked is dead all the same. */
  private static boolean isAlive(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "stat");
    return Files.exists(status) && !Files.readString(status).contains(") Z ");
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String copyClassPath(Path target) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : classPath().split(File.pathSeparator)) {
      Path source = Path.of(entry);
      Path copy = target.resolve(copies.size() + "-" + source.getFileName());
      try (var files = Files.walk(source)) {
        for (Path file : files.toList()) {
          Path place = copy.resolve(source.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(place);
          } else {
            Files.copy(
                file, file.equals(source) ? copy : place, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  /** A JVM that runs {@link StandaloneServer}. */
  private record Child(Process process, long postgres, int port) {

    static Child start(List<String> prefix, String classPath, Path home) throws IOException {
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of("-Xmx128m", "-cp", classPath, StandaloneServer.class.getName(), home.toString()));
      Process process =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader reader = process.inputReader();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(StandaloneServer.READY)) {
          String[] words = line.split(" ");
          return new Child(process, Long.parseLong(words[1]), Integer.parseInt(words[2]));
        }
      }
      throw new IOException("the child ended before it was ready");
    }
  }
}
