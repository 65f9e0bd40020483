package dev.segue.server.data.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A question for a chart.
 *
 * @param labels a series must have all of these
 * @param from inclusive
 * @param to exclusive
 * @param step how long one value stands for, counted from the epoch
 * @param by labels that tell the answer's series apart; null for all of them
 * @param sites whose series may be seen, besides those of no site; null for all
 */
record MetricQuery(
    String metric,
    SortedMap<String, String> labels,
    Instant from,
    Instant to,
    Duration step,
    Aggregation aggregation,
    @Nullable List<String> by,
    @Nullable Set<String> sites) {

  /** How the points of a step become one value. */
  enum Aggregation {
    MEAN("sum(sum) / sum(count)"),
    SUM("sum(sum)"),
    MIN("min(min)"),
    MAX("max(max)"),
    COUNT("sum(count)::double precision"),
    LAST("(array_agg(last order by at desc))[1]");

    private final String sql;

    Aggregation(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    static Aggregation of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
