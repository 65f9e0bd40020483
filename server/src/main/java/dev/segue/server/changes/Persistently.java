package dev.segue.server.changes;

import dev.segue.server.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has happened outside, however long the database is away: giving up would turn a known
 * outcome into a doubtful one.
 */
final class Persistently {

  private static final Logger LOG = LoggerFactory.getLogger(Persistently.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private Persistently() {}

  /**
   * Runs a write until it succeeds.
   *
   * @param write may be repeated
   * @throws DataAccessException if the thread is interrupted while the database is away
   */
  static void run(Runnable write) {
    Duration pause = Duration.ofMillis(100);
    while (true) {
      try {
        write.run();
        return;
      } catch (DataAccessException | StorageException e) {
        LOG.warn("the outcome of a change can't be recorded yet: {}", e.getMessage());
        if (!pause(pause)) {
          throw e;
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      }
    }
  }

  private static boolean pause(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
