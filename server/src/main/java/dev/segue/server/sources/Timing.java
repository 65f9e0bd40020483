package dev.segue.server.sources;

import dev.segue.server.triggers.schedules.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** When points are fetched. */
sealed interface Timing {

  /** The first time after that instant. */
  Instant next(Instant after);

  /** How long it is from one time to the next, around that instant. */
  default Duration gap(Instant around) {
    Instant first = next(around);
    return Duration.between(first, next(first));
  }

  /** At each multiple of a duration, counted from 1970. */
  record Every(Duration step) implements Timing {

    @Override
    public Instant next(Instant after) {
      long millis = step.toMillis();
      return Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), millis) + 1) * millis);
    }
  }

  /** At the times of a cron expression. */
  record Named(Cron cron, ZoneId zone) implements Timing {

    @Override
    public Instant next(Instant after) {
      return cron.next(after, zone);
    }
  }
}
