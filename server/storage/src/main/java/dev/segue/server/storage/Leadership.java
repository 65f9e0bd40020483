package dev.segue.server.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A candidacy for a duty that one server at a time has. The holder keeps an advisory lock on a
 * connection of its own; when the connection ends, another server takes over. A holder that is cut
 * off notices within seconds, so for a moment two may act: what the duty writes must be guarded in
 * the database as well, for instance by moving a cursor only from where it was read.
 */
public final class Leadership implements AutoCloseable {

  /** What the elected server does. The methods are called by one thread, in turn. */
  public interface Duty {

    /** This server was elected. Must return soon: start the work elsewhere. */
    void start();

    /** This server isn't elected any more. Must end the work before it returns. */
    void stop();
  }

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final DatabaseAddress address;
  private final String role;
  private final Duty duty;
  private final long key;
  private final Thread thread;
  private volatile boolean leader;
  private volatile boolean closed;

  private Leadership(DatabaseAddress address, String role, Duty duty) {
    this.address = address;
    this.role = role;
    this.duty = duty;
    this.key = key(role);
    this.thread = Thread.ofVirtual().name("leadership-" + role).unstarted(this::run);
  }

  static Leadership stand(DatabaseAddress address, String role, Duty duty) {
    Leadership leadership = new Leadership(address, role, duty);
    leadership.thread.start();
    return leadership;
  }

  /** Whether this server holds the duty, as far as it knows. */
  public boolean isLeader() {
    return leader;
  }

  /** Ends the candidacy; returns when the duty has stopped and the lock is free. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try (Connection connection = Sessions.open(address, "segue-leader-" + role, ANSWER)) {
        while (!closed && !tryLock(connection)) {
          pause();
        }
        if (!closed) {
          hold(connection);
        }
      } catch (SQLException e) {
        if (!closed) {
          log.debug("The election for {} waits for the database: {}", role, e.getMessage());
        }
      }
      pause();
    }
  }

  private void hold(Connection connection) throws SQLException {
    log.info("This server has the duty {}", role);
    leader = true;
    try {
      duty.start();
      while (!closed) {
        pause();
        if (!closed) {
          beat(connection);
        }
      }
    } catch (SQLException e) {
      log.warn("This server lost the duty {}: {}", role, e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      log.error("The duty {} could not start", role, e);
    } finally {
      leader = false;
      stopDuty();
    }
  }

  private void stopDuty() {
    // close() interrupts this thread to wake it; the duty's own waiting must not suffer from that.
    boolean interrupted = Thread.interrupted();
    try {
      duty.stop();
    } catch (RuntimeException e) {
      log.error("The duty {} could not stop", role, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, key);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  private static void beat(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
      statement.execute();
    }
  }

  private void pause() {
    if (closed) {
      return;
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
    } catch (InterruptedException e) {
      // Only close() interrupts, and every loop looks at its flag next.
    }
  }

  private static long key(String role) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("segue:" + role).getBytes(StandardCharsets.UTF_8));
      return HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
