package dev.segue.server.data.metrics;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** The tables of points and of what is left of them. */
final class PointRows {

  private record Key(long series, Instant at) {}

  /** Writes points; of several for the same series and time the last one counts. */
  void write(DSLContext tx, Collection<Sample> samples, Map<SeriesKey, Long> ids) {
    Map<Key, Double> values = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Long id = ids.get(sample.series());
      if (id != null) {
        values.put(new Key(id, sample.at()), sample.value());
      }
    }
    Long[] series = values.keySet().stream().map(Key::series).toArray(Long[]::new);
    String[] times =
        values.keySet().stream().map(key -> key.at().toString()).toArray(String[]::new);
    Double[] numbers = values.values().toArray(Double[]::new);
    tx.execute(
        """
        insert into data.metric_point (series_id, at, value)
        select s, a::timestamptz, v
        from unnest(?::bigint[], ?::text[], ?::double precision[]) as n (s, a, v)
        order by s, a
        on conflict (series_id, at) do update set value = excluded.value
        where data.metric_point.value <> excluded.value\
        """,
        series,
        times,
        numbers);
    tx.execute(
        """
        with newest as materialized (
          select distinct on (s) s, a::timestamptz as at, v
          from unnest(?::bigint[], ?::text[], ?::double precision[]) as n (s, a, v)
          order by s, a::timestamptz desc),
        known as materialized (
          select m.series_id from data.metric_series m join newest n on n.s = m.series_id
          where m.last_at is null or m.last_at <= n.at order by m.series_id for update)
        update data.metric_series m
        set last_at = n.at, last_value = n.v, changed_tx = pg_current_xact_id()
        from newest n, known k where m.series_id = n.s and k.series_id = n.s\
        """,
        series,
        times,
        numbers);
  }

  /** The time of the oldest point, if that is older. */
  Optional<Instant> oldestPoint(DSLContext jooq, Instant before) {
    return oldest(jooq, "data.metric_point where", before);
  }

  /** Where the oldest of the hours begins, if that is older. */
  Optional<Instant> oldestHour(DSLContext jooq, Instant before) {
    return oldest(jooq, "data.metric_rollup where seconds = 3600 and", before);
  }

  private static Optional<Instant> oldest(DSLContext jooq, String rows, Instant before) {
    return Optional.ofNullable(
        jooq.fetchSingle(
                "select min(at) from %s at < ?::timestamptz".formatted(rows), before.toString())
            .get(0, Instant.class));
  }

  /** Rolls points up that are older, and deletes them; what comes back goes on where it was. */
  int rollUpPoints(DSLContext tx, Instant before) {
    return tx.execute(
        """
        with gone as (
          delete from data.metric_point where at < ?::timestamptz returning series_id, at, value),
        hours as (
          select series_id, 3600 as seconds, date_trunc('hour', at, 'UTC') as hour,
            count(*) as count, sum(value) as sum, min(value) as min, max(value) as max,
            (array_agg(value order by at desc))[1] as last
          from gone group by series_id, hour)
        insert into data.metric_rollup as r
        select * from hours
        on conflict (series_id, at, seconds) do update set
          count = r.count + excluded.count, sum = r.sum + excluded.sum,
          min = least(r.min, excluded.min), max = greatest(r.max, excluded.max),
          last = excluded.last\
        """,
        before.toString());
  }

  /** Rolls hours up into days, by UTC, and deletes them. */
  int rollUpHours(DSLContext tx, Instant before) {
    return tx.execute(
        """
        with gone as (
          delete from data.metric_rollup where seconds = 3600 and at < ?::timestamptz
          returning series_id, at, count, sum, min, max, last),
        days as (
          select series_id, 86400 as seconds, date_trunc('day', at, 'UTC') as day,
            sum(count) as count, sum(sum) as sum, min(min) as min, max(max) as max,
            (array_agg(last order by at desc))[1] as last
          from gone group by series_id, day)
        insert into data.metric_rollup as r
        select * from days
        on conflict (series_id, at, seconds) do update set
          count = r.count + excluded.count, sum = r.sum + excluded.sum,
          min = least(r.min, excluded.min), max = greatest(r.max, excluded.max),
          last = excluded.last\
        """,
        before.toString());
  }

  int deleteDays(DSLContext tx, Instant before) {
    return tx.execute(
        "delete from data.metric_rollup where at < ?::timestamptz", before.toString());
  }

  /** Points after a time, for several series at once, in the order of their time. */
  List<Stored> readAfter(DSLContext jooq, List<SeriesFrom> series, int mostEach) {
    return jooq.fetch(
            """
            select n.i, p.at, p.value
            from unnest(?::bigint[], ?::text[]) with ordinality as n (s, t, i)
            cross join lateral (
              select at, value from data.metric_point
              where series_id = n.s and at > n.t::timestamptz order by at limit ?) p
            order by p.at, n.i\
            """,
            series.stream().map(SeriesFrom::series).toArray(Long[]::new),
            series.stream().map(from -> from.after().toString()).toArray(String[]::new),
            mostEach)
        .map(
            row ->
                new Stored(
                    row.get(0, Integer.class) - 1,
                    row.get(1, Instant.class),
                    row.get(2, Double.class)));
  }
}
