package dev.segue.server.storage.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded server is run.
 *
 * @param folder holds data, passwords, port and lock; created with access for the owner alone
 * @param binaries the folder below which the programs are unpacked, once per version; may be shared
 * @param logs the folder of PostgreSQL's own logs, which overwrite each other weekly
 * @param startTimeout how long a start may take, recovery after a crash included
 * @param stopTimeout how long an orderly stop may take before a harder one follows
 * @param durability {@link Durability#FULL} for anything that matters
 */
public record EmbeddedPostgresSettings(
    Path folder,
    Path binaries,
    Path logs,
    Duration startTimeout,
    Duration stopTimeout,
    Durability durability) {

  /** Durable settings below a home folder: {@code postgres/} and {@code logs/}. */
  public static EmbeddedPostgresSettings inHome(Path home) {
    Path folder = home.resolve("postgres");
    return new EmbeddedPostgresSettings(
        folder,
        folder,
        home.resolve("logs"),
        Duration.ofMinutes(2),
        Duration.ofSeconds(20),
        Durability.FULL);
  }

  /** A database of a test or a build, everything below one folder, binaries elsewhere. */
  public static EmbeddedPostgresSettings throwAway(Path folder, Path binaries) {
    return new EmbeddedPostgresSettings(
        folder,
        binaries,
        folder.resolve("logs"),
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        Durability.THROW_AWAY);
  }
}
