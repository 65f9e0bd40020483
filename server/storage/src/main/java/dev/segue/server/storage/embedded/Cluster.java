package dev.segue.server.storage.embedded;

import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder as PostgreSQL's programs see it: made, started, stopped. */
final class Cluster {

  static final String SUPERUSER = "postgres";
  static final String SUPERUSER_SECRET = "superuser.password";

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final Duration INIT_TIMEOUT = Duration.ofMinutes(5);
  private static final int TAIL_LINES = 15;
  private static final boolean HAS_SETSID = Files.isExecutable(Path.of("/usr/bin/setsid"));

  private final PostgresFolder folder;
  private final PostgresBinaries binaries;
  private final Account account;
  private final EmbeddedPostgresSettings settings;

  Cluster(
      PostgresFolder folder,
      PostgresBinaries binaries,
      Account account,
      EmbeddedPostgresSettings settings) {
    this.folder = folder;
    this.binaries = binaries;
    this.account = account;
    this.settings = settings;
  }

  /** Makes the data folder on first use; else checks that these programs can read it. */
  void prepare() throws IOException, InterruptedException {
    PostgresFolder.createOwnerFolder(PostgresConfig.logFolder(settings));
    if (!Files.exists(folder.data())) {
      initialise();
    } else if (!folder.hasSecret(SUPERUSER_SECRET)) {
      throw new StorageException(
          "The database in "
              + folder.root()
              + " is there, but its password file "
              + SUPERUSER_SECRET
              + " isn't. Put the file back from your backup.");
    }
    checkVersion();
    account.handOver(folder.root());
    account.handOver(binaries.folder());
    account.handOver(PostgresConfig.logFolder(settings));
  }

  private void initialise() throws IOException, InterruptedException {
    log.info("Making a new PostgreSQL database in {}", folder.data());
    folder.secret(SUPERUSER_SECRET);
    PostgresFolder.deleteTree(folder.unfinishedData());
    account.handOver(folder.root());
    account.handOver(binaries.folder());
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.add("--pgdata=" + folder.unfinishedData());
    command.add("--username=" + SUPERUSER);
    command.add("--pwfile=" + folder.root().resolve(SUPERUSER_SECRET));
    command.add("--auth=scram-sha-256");
    command.add("--encoding=UTF8");
    // PostgreSQL's own rules of order: an index must not depend on the machine's C library.
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    if (settings.durability() == Durability.THROW_AWAY) {
      command.add("--no-sync");
    }
    int code = run(command, INIT_TIMEOUT);
    if (code != 0) {
      throw new StorageException(
          "PostgreSQL could not make a database in "
              + folder.root()
              + " (initdb ended with "
              + code
              + "):\n"
              + tail(folder.toolLog()));
    }
    Files.move(folder.unfinishedData(), folder.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void checkVersion() throws IOException, InterruptedException {
    String made = Files.readString(folder.data().resolve("PG_VERSION")).strip();
    Process process =
        new ProcessBuilder(binaries.program("postgres").toString(), "--version").start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    if (!text.contains(") " + made + ".")) {
      throw new StorageException(
          "The database in "
              + folder.data()
              + " was made by PostgreSQL "
              + made
              + ", but this Segue brings "
              + text
              + ". Start it with the Segue it was made with, back it up, and restore it here.");
    }
  }

  /** Starts the server as a child in a session of its own, out of reach of a terminal's Ctrl-C. */
  Process start() throws IOException {
    List<String> command = new ArrayList<>();
    if (HAS_SETSID) {
      command.add("setsid");
    }
    command.addAll(
        account.command(
            List.of(binaries.program("postgres").toString(), "-D", folder.data().toString())));
    return builder(command, folder.startLog()).start();
  }

  /** Stops the server on this data: orderly, then at once. */
  void stop(Duration timeout) throws IOException, InterruptedException {
    if (pgCtlStop("fast", timeout) != 0) {
      log.warn("PostgreSQL didn't stop within {}, so it is stopped at once", timeout);
      pgCtlStop("immediate", timeout);
    }
  }

  private int pgCtlStop(String mode, Duration timeout) throws IOException, InterruptedException {
    return run(
        List.of(
            binaries.program("pg_ctl").toString(),
            "stop",
            "--pgdata=" + folder.data(),
            "--mode=" + mode,
            "--wait",
            "--timeout=" + Math.max(1, timeout.toSeconds())),
        timeout.plusSeconds(10));
  }

  /** The last lines of what PostgreSQL said, for a message. */
  String lastWords() {
    Path current = folder.data().resolve("current_logfiles");
    String logged = "";
    try {
      String line = Files.readString(current).strip();
      logged = tail(folder.data().resolve(line.substring(line.indexOf(' ') + 1)));
    } catch (IOException e) {
      // It died before it opened its log.
    }
    return (tail(folder.startLog()) + "\n" + logged).strip();
  }

  private int run(List<String> program, Duration timeout) throws IOException, InterruptedException {
    Process process = builder(account.command(program), folder.toolLog()).start();
    try {
      if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      return -1;
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder builder(List<String> command, Path output) throws IOException {
    PostgresFolder.createOwnerFile(output);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.root().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    return builder;
  }

  private static String tail(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
