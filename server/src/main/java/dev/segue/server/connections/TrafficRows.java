package dev.segue.server.connections;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The tables {@code segue.connection_health} and {@code segue.connection_use}. */
final class TrafficRows {

  /** How far back calls are counted. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  private static final Duration KEPT = Duration.ofHours(2);

  private TrafficRows() {}

  /** Adds what a server has counted; nothing if the connection is gone. */
  static void add(DSLContext tx, String connection, Instant minute, Traffic traffic) {
    tx.execute(
        """
        insert into segue.connection_use as u (connection, minute, calls, failures, requests)
        select name, ?::timestamptz, ?, ?, ? from segue.connection where name = ?
        on conflict (connection, minute) do update set calls = u.calls + excluded.calls,
          failures = u.failures + excluded.failures, requests = u.requests + excluded.requests\
        """,
        minute.toString(),
        traffic.calls(),
        traffic.failures(),
        traffic.requests(),
        connection);
    if (traffic.calls() > 0) {
      tx.execute(
          """
          insert into segue.connection_health as h
            (connection, last_success_at, last_failure_at, last_failure)
          select name, ?::timestamptz, ?::timestamptz, ? from segue.connection where name = ?
          on conflict (connection) do update set
            last_success_at = greatest(h.last_success_at, excluded.last_success_at),
            last_failure_at = greatest(h.last_failure_at, excluded.last_failure_at),
            last_failure = case when excluded.last_failure_at is null
              or excluded.last_failure_at < h.last_failure_at
              then h.last_failure else excluded.last_failure end\
          """,
          text(traffic.lastSuccessAt()),
          text(traffic.lastFailureAt()),
          traffic.lastFailure(),
          connection);
    }
  }

  static void expire(DSLContext tx, Instant now) {
    tx.execute(
        "delete from segue.connection_use where minute < ?::timestamptz",
        now.minus(KEPT).toString());
  }

  static TrafficView read(DSLContext db, String connection, Instant now) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    // The last minute reaches into the calendar minute before this one.
    double share = 1 - Duration.between(minute, now).toMillis() / 60_000.0;
    Record use =
        db.fetchSingle(
            """
            select coalesce(sum(calls), 0)::int, coalesce(sum(failures), 0)::int,
              coalesce(sum(requests * case when minute = ?::timestamptz then 1.0
                when minute = ?::timestamptz then ?::float8 else 0.0 end), 0)::float8
            from segue.connection_use where connection = ? and minute > ?::timestamptz\
            """,
            minute.toString(),
            minute.minus(1, ChronoUnit.MINUTES).toString(),
            share,
            connection,
            now.minus(WINDOW).toString());
    Optional<Record> health =
        db.fetchOptional(
            "select last_success_at, last_failure_at, last_failure from segue.connection_health where connection = ?",
            connection);
    return new TrafficView(
        health.flatMap(row -> time(row, "last_success_at")),
        health.flatMap(row -> time(row, "last_failure_at")),
        health.map(row -> row.get("last_failure", String.class)).orElse(""),
        use.get(0, Integer.class),
        use.get(1, Integer.class),
        use.get(2, Double.class) / 60);
  }

  private static Optional<Instant> time(Record row, String column) {
    return Optional.ofNullable(row.get(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static @Nullable String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }
}
