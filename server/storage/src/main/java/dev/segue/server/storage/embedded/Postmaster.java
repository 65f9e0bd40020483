package dev.segue.server.storage.embedded;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a server up on the data, whatever an earlier crash left there: takes over one that still
 * runs, waits for the last processes of one that died, or starts a new one. Not thread-safe.
 */
final class Postmaster {

  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
  private static final long POLL_MILLIS = 100;
  private static final int STARTS = 5;
  private static final String WRONG_PASSWORD = "28P01";

  /** A server that answers. */
  record Up(ProcessHandle process, int port, boolean adopted) {}

  private final PostgresFolder folder;
  private final PostgresBinaries binaries;
  private final Cluster cluster;
  private final PostgresConfig config;
  private final PostmasterFile file;
  private final EmbeddedPostgresSettings settings;

  Postmaster(PostgresFolder folder, EmbeddedPostgresSettings settings) {
    this.folder = folder;
    this.settings = settings;
    this.binaries = PostgresBinaries.unpack(settings.binaries().toAbsolutePath().normalize());
    this.cluster = new Cluster(folder, binaries, Account.find(), settings);
    this.config = new PostgresConfig(settings);
    this.file = new PostmasterFile(folder.data());
  }

  /**
   * Returns once a server answers on our data with our password.
   *
   * @throws StorageException if none does within the start time-out
   */
  Up bringUp() throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(settings.startTimeout());
    cluster.prepare();
    Optional<PostmasterFile.Running> running = file.running();
    if (running.isPresent()) {
      if (isCurrent(running.get()) && answers(running.get(), deadline)) {
        log.info(
            "Taking over the PostgreSQL (process {}, port {}) that an earlier server left running",
            running.get().process().pid(),
            running.get().port());
        return new Up(running.get().process(), running.get().port(), true);
      }
      log.info("Ending the PostgreSQL that an earlier server left running, to start it anew");
      end(running.get().process());
    }
    awaitFreeData(deadline);
    Up up = start(deadline);
    if (settings.binaries().equals(settings.folder())) {
      binaries.removeOthers();
    }
    return up;
  }

  /** Ends the server, orderly if it can be, by force at last. */
  void end(ProcessHandle process) throws IOException, InterruptedException {
    cluster.stop(settings.stopTimeout());
    if (!awaitExit(process, settings.stopTimeout())) {
      log.warn("PostgreSQL (process {}) doesn't stop, so it is killed", process.pid());
      process.destroyForcibly();
      awaitExit(process, settings.stopTimeout());
    }
  }

  /** The address of the server's administrative database, for its superuser. */
  DatabaseAddress superuser(int port) {
    return DatabaseAddress.local(
        port, "postgres", Cluster.SUPERUSER, folder.secret(Cluster.SUPERUSER_SECRET));
  }

  private boolean isCurrent(PostmasterFile.Running running) throws IOException {
    return running.program().equals(binaries.program("postgres").toRealPath())
        && config.isWritten(folder.data(), running.port());
  }

  private boolean answers(PostmasterFile.Running running, Instant deadline)
      throws InterruptedException {
    while (running.process().isAlive() && Instant.now().isBefore(deadline)) {
      try {
        return isOurs(running.port());
      } catch (SQLException e) {
        if (WRONG_PASSWORD.equals(e.getSQLState())) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
    return false;
  }

  private boolean isOurs(int port) throws SQLException {
    return Probe.dataFolder(superuser(port)).equals(folder.data().toString());
  }

  private void awaitFreeData(Instant deadline) throws IOException, InterruptedException {
    while (!file.clearIfStale()) {
      if (Instant.now().isAfter(deadline)) {
        throw new StorageException(
            "Processes of an earlier PostgreSQL still work on "
                + folder.data()
                + ". End them (their working directory is that folder), then start Segue again.");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private Up start(Instant deadline) throws IOException, InterruptedException {
    for (int i = 1; ; i++) {
      int port = choosePort();
      config.write(folder.data(), port);
      cluster.prepare();
      Process process = cluster.start();
      boolean ready = false;
      try {
        ready = awaitReady(process, port, deadline);
      } finally {
        if (!ready) {
          process.destroyForcibly();
        }
      }
      if (ready) {
        folder.savePort(port);
        return new Up(process.toHandle(), port, false);
      }
      // Between our look at the port and PostgreSQL's another program may have taken it.
      if (i == STARTS || Instant.now().isAfter(deadline)) {
        throw new StorageException(
            "PostgreSQL doesn't start on "
                + folder.data()
                + " and port "
                + port
                + ". It says:\n"
                + cluster.lastWords());
      }
      awaitFreeData(deadline);
    }
  }

  private int choosePort() {
    int saved = folder.savedPort().orElse(0);
    if (saved > 0 && Ports.isFree(saved)) {
      return saved;
    }
    int port = Ports.choose();
    if (saved > 0) {
      log.warn(
          "Port {} of the embedded PostgreSQL is taken by another program: using {} from now on",
          saved,
          port);
    }
    return port;
  }

  private boolean awaitReady(Process process, int port, Instant deadline)
      throws InterruptedException {
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      try {
        if (file.running().isPresent() && isOurs(port)) {
          return true;
        }
      } catch (SQLException e) {
        if (WRONG_PASSWORD.equals(e.getSQLState())) {
          throw new StorageException(
              "PostgreSQL refuses the password in "
                  + folder.root().resolve(Cluster.SUPERUSER_SECRET)
                  + ". Put the file that belongs to this data back from your backup.",
              e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return false;
  }

  private static boolean awaitExit(ProcessHandle process, Duration timeout)
      throws InterruptedException {
    try {
      process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process can't fail", e);
    }
  }
}
