package dev.segue.server.storage;

import java.time.Duration;

/**
 * How one server uses the database.
 *
 * @param maxConnections the most connections of the server's pool; at least 2
 * @param connectionTimeout how long a caller waits for a free connection
 * @param statementTimeout after how long the database gives up on one statement
 * @param lockTimeout after how long a statement gives up waiting for another's lock
 */
public record DatabaseSettings(
    int maxConnections,
    Duration connectionTimeout,
    Duration statementTimeout,
    Duration lockTimeout) {

  private static final int MIN_CONNECTIONS = 2;
  private static final int DEFAULT_CONNECTIONS = 24;

  /** Checks the ranges. */
  public DatabaseSettings {
    if (maxConnections < MIN_CONNECTIONS) {
      throw new IllegalArgumentException(
          "a server needs at least 2 connections to its database, not " + maxConnections);
    }
  }

  /** What suits one server on a small machine: 24 connections, statements of up to 30 s. */
  public static DatabaseSettings defaults() {
    return new DatabaseSettings(
        DEFAULT_CONNECTIONS,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }
}
