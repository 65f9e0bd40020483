package dev.segue.server.data.metrics;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers for charts: points and what is left of older ones, by steps of time. */
final class MetricCharts {

  /** More values than this no chart shows, and no answer carries. */
  static final int MOST_VALUES = 20_000;

  private static final int MOST_SERIES = 100;

  private static final String QUESTION =
      """
      with chosen as materialized (
        select series_id, %s as shown from data.metric_series
        where metric = ? and labels @> ?::jsonb
          and (?::text[] is null or site_id is null or site_id = any(?::text[]))),
      parts as (
        select c.shown, p.at, 1::bigint as count, p.value as sum, p.value as min, p.value as max,
          p.value as last
        from chosen c join data.metric_point p using (series_id)
        where p.at >= ?::timestamptz and p.at < ?::timestamptz
        union all
        select c.shown, r.at, r.count, r.sum, r.min, r.max, r.last
        from chosen c join data.metric_rollup r using (series_id)
        where r.at >= ?::timestamptz and r.at < ?::timestamptz)
      select shown, (extract(epoch from
          date_bin(make_interval(secs => ?), at, 'epoch'::timestamptz)) * 1000)::bigint as step, %s
      from parts group by shown, step order by shown, step limit ?\
      """;

  private MetricCharts() {}

  static ObjectNode answer(DSLContext jooq, MetricQuery query) {
    Duration range = Duration.between(query.from(), query.to());
    if (range.isNegative() || range.isZero()) {
      throw ApiException.invalid("from", "It must lie before to.");
    }
    if (range.dividedBy(query.step()) > MOST_VALUES) {
      throw ApiException.invalid(
          "step",
          "From %s to %s are more than %d steps of %s. Ask for longer steps or less time."
              .formatted(query.from(), query.to(), MOST_VALUES, query.step()));
    }
    Map<String, ArrayNode> series = new LinkedHashMap<>();
    List<Record> rows = rows(jooq, query);
    if (rows.size() > MOST_VALUES) {
      throw tooMuch("more than %d values".formatted(MOST_VALUES));
    }
    for (Record row : rows) {
      ArrayNode points = series.computeIfAbsent(row.get(0, String.class), key -> Json.array());
      points.addArray().add(row.get(1, Long.class)).add(row.get(2, Double.class));
    }
    if (series.size() > MOST_SERIES) {
      throw tooMuch("%d series".formatted(series.size()));
    }
    ObjectNode answer = Json.object();
    answer.put("metric", query.metric());
    answer.put("from", query.from().toString());
    answer.put("to", query.to().toString());
    answer.put("step", query.step().toString());
    ArrayNode all = answer.putArray("series");
    series.forEach(
        (labels, points) -> {
          ObjectNode one = all.addObject();
          one.set("labels", Json.parse(labels));
          one.set("points", points);
        });
    return answer;
  }

  private static ApiException tooMuch(String what) {
    return ApiException.invalid(
        "The answer has %s. Ask for fewer labels (by), one label's value (label), longer steps or less time."
            .formatted(what));
  }

  private static List<Record> rows(DSLContext jooq, MetricQuery query) {
    String shown =
        query.by() == null
            ? "labels"
            : "(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(labels)"
                + " where key = any(?::text[]))";
    SortedMap<String, String> wanted = new TreeMap<>(query.labels());
    List<Object> values = new ArrayList<>();
    if (query.by() != null) {
      values.add(query.by().toArray(String[]::new));
    }
    Object sites = query.sites() == null ? NO_SITES : query.sites().toArray(String[]::new);
    values.add(query.metric());
    values.add(SeriesRows.text(wanted));
    values.add(sites);
    values.add(sites);
    for (int i = 0; i < 2; i++) {
      values.add(query.from().toString());
      values.add(query.to().toString());
    }
    values.add(query.step().toMillis() / 1000.0);
    values.add(MOST_VALUES + 1);
    return List.copyOf(
        jooq.fetch(
            QUESTION.formatted(shown, query.aggregation().sql()),
            values.stream().map(value -> value == NO_SITES ? null : value).toArray()));
  }

  /** Stands for null, which no list of values may hold. */
  private static final Object NO_SITES = new Object();
}
