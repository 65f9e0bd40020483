package dev.segue.server.storage.embedded;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server as a child process, on loopback and a port that stays the same over restarts.
 * A watchdog starts it again when it dies. It outlives a killed JVM; the next start on the same
 * folder takes it over or ends it. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final int FAILURES_TO_REPORT = 5;

  private final PostgresFolder folder;
  private final FileChannel lock;
  private final EmbeddedPostgresSettings settings;
  private final Consumer<PostgresState> listener;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private final Thread watchdog;

  private volatile PostgresState state = PostgresState.STARTING;
  private volatile boolean stopping;
  private volatile Postmaster.@Nullable Up up;
  private volatile @Nullable Postmaster postmaster;

  private EmbeddedPostgres(EmbeddedPostgresSettings settings, Consumer<PostgresState> listener) {
    this.settings = settings;
    this.listener = listener;
    this.folder = PostgresFolder.open(settings.folder());
    this.lock = folder.lock();
    this.watchdog = Thread.ofPlatform().daemon().name("postgres-watchdog").unstarted(this::watch);
  }

  /** Starts a server, without a listener. */
  public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
    return start(settings, state -> {});
  }

  /**
   * Starts a server, or takes over the one that an earlier process left on this folder, and returns
   * when it answers. The first start unpacks the programs and makes the data.
   *
   * @param listener hears of each change of state, on the thread that makes it; must return soon
   * @throws StorageException if the folder can't be written or is in use, or if no server comes up
   */
  public static EmbeddedPostgres start(
      EmbeddedPostgresSettings settings, Consumer<PostgresState> listener) {
    EmbeddedPostgres server = new EmbeddedPostgres(settings, listener);
    boolean started = false;
    try {
      server.become(PostgresState.STARTING);
      server.bringUp();
      server.become(PostgresState.READY);
      server.watchdog.start();
      started = true;
      return server;
    } catch (IOException e) {
      throw PostgresFolder.unwritable(server.folder.root(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("The start of PostgreSQL was interrupted.", e);
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  /** What the server is doing now. */
  public PostgresState state() {
    return state;
  }

  /** The process id of the server, or empty while there is none. */
  public OptionalLong pid() {
    Postmaster.Up current = up;
    return current != null && current.process().isAlive()
        ? OptionalLong.of(current.process().pid())
        : OptionalLong.empty();
  }

  /** The loopback port; it changes only if another program takes it between two starts. */
  public int port() {
    return current().port();
  }

  /** Whether this object took over a server that an earlier process had started. */
  public boolean adopted() {
    return current().adopted();
  }

  /** The address of Segue's database for the role that owns it. */
  public DatabaseAddress owner() {
    return OwnerDatabase.address(port(), folder);
  }

  /** The address of the administrative database for the superuser. */
  public DatabaseAddress superuser() {
    return DatabaseAddress.local(
        port(), "postgres", Cluster.SUPERUSER, folder.secret(Cluster.SUPERUSER_SECRET));
  }

  /** Stops the server, an adopted one too, and frees the folder. Further calls do nothing. */
  public void stop() {
    stopping = true;
    watchdog.interrupt();
    lifecycle.lock();
    try {
      if (state == PostgresState.STOPPED) {
        return;
      }
      endServer();
      become(PostgresState.STOPPED);
    } finally {
      lifecycle.unlock();
    }
  }

  /** Same as {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }

  private void endServer() {
    Postmaster.Up current = up;
    Postmaster control = postmaster;
    boolean interrupted = Thread.interrupted();
    try {
      if (current != null && control != null && current.process().isAlive()) {
        control.end(current.process());
      }
    } catch (IOException e) {
      log.warn("PostgreSQL could not be stopped in order", e);
      current.process().destroyForcibly();
    } catch (InterruptedException e) {
      current.process().destroyForcibly();
      interrupted = true;
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        log.warn("The lock in {} could not be given back", folder.root(), e);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void bringUp() throws IOException, InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      if (stopping) {
        return;
      }
      Postmaster control = postmaster;
      if (control == null) {
        control = new Postmaster(folder, settings);
        postmaster = control;
      }
      Postmaster.Up started = control.bringUp();
      up = started;
      OwnerDatabase.ensure(superuser(), folder);
    } finally {
      lifecycle.unlock();
    }
  }

  private void watch() {
    try {
      Duration pause = FIRST_PAUSE;
      while (!stopping) {
        Instant since = Instant.now();
        current().process().onExit().get();
        if (stopping) {
          return;
        }
        log.warn("PostgreSQL (process {}) died: starting it again", current().process().pid());
        become(PostgresState.RESTARTING);
        boolean wasSteady = Duration.between(since, Instant.now()).compareTo(STEADY) > 0;
        pause = restart(wasSteady ? FIRST_PAUSE : pause);
      }
    } catch (InterruptedException e) {
      // stop() ends this thread so.
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process can't fail", e);
    }
  }

  /** Tries until the server is up; returns the pause to take if it dies again soon. */
  private Duration restart(Duration firstPause) throws InterruptedException {
    Duration pause = firstPause;
    for (int failures = 0; !stopping; ) {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      try {
        bringUp();
        if (!stopping) {
          become(PostgresState.READY);
        }
        return pause;
      } catch (IOException | StorageException e) {
        failures++;
        log.error("PostgreSQL could not be started again, next try in {}", pause, e);
        if (failures == FAILURES_TO_REPORT) {
          become(PostgresState.FAILED);
        }
      }
    }
    return pause;
  }

  private void become(PostgresState next) {
    state = next;
    listener.accept(next);
  }

  private Postmaster.Up current() {
    Postmaster.Up current = up;
    if (current == null) {
      throw new IllegalStateException("PostgreSQL isn't running");
    }
    return current;
  }
}
