package dev.segue.server.connections;

import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.jooq.Record;

/** The slots of all servers on one database, by the database's clock. */
final class PgRateSlots implements RateSlots {

  private final Database database;

  PgRateSlots(Database database) {
    this.database = database;
  }

  @Override
  public Duration reserve(String connection, double perSecond, int slots) {
    double span = slots / perSecond;
    Record row =
        database
            .jooq()
            .fetchSingle(
                """
                insert into segue.connection_rate as r (connection, free_at)
                values (?, clock_timestamp() + make_interval(secs => ?))
                on conflict (connection) do update set
                  free_at = greatest(r.free_at, clock_timestamp() - make_interval(secs => ?))
                    + make_interval(secs => ?)
                returning free_at, clock_timestamp()\
                """,
                connection,
                span - seconds(SAVED),
                seconds(SAVED),
                span);
    Duration end =
        Duration.between(
            row.get(1, OffsetDateTime.class).toInstant(),
            row.get(0, OffsetDateTime.class).toInstant());
    return end.minusNanos((long) (span * TimeUnit.SECONDS.toNanos(1)));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
