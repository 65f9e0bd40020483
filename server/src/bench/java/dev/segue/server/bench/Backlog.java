package dev.segue.server.bench;

import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How far the projection is behind the engine's records. */
final class Backlog {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration QUIET = Duration.ofMillis(700);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Database database;

  Backlog(Database database) {
    this.database = database;
  }

  private record Positions(long written, long projected) {}

  /**
   * Waits until exporter and projection have nothing left to do.
   *
   * @return how long that took, in seconds
   */
  double awaitNone() throws InterruptedException {
    long begin = System.nanoTime();
    long lastMove = begin;
    Positions last = positions();
    while (true) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      long now = System.nanoTime();
      Positions current = positions();
      if (!current.equals(last)) {
        last = current;
        lastMove = now;
      }
      boolean done = current.written() == current.projected();
      if (done && now - lastMove > QUIET.toNanos()) {
        return (lastMove - begin) / 1e9;
      }
      if (now - begin > LONGEST.toNanos()) {
        throw new IllegalStateException(
            "the projection is still at %s of %s after %s"
                .formatted(current.projected(), current.written(), LONGEST));
      }
    }
  }

  private Positions positions() {
    return database
        .jooq()
        .fetchSingle(
            """
            select coalesce(sum(e.position), 0), coalesce(sum(c.position), 0)
            from history.exporter_position e
            left join history.projection_cursor c using (engine_id, partition_id)\
            """)
        .map(row -> new Positions(row.get(0, Long.class), row.get(1, Long.class)));
  }
}
