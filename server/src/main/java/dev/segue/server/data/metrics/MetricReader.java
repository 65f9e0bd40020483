package dev.segue.server.data.metrics;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What those who watch metrics read. Stateless. */
public final class MetricReader {

  private static final String SERIES =
      "select series_id, metric, labels, last_at from data.metric_series";

  private final PointRows points = new PointRows();

  /** A reader. */
  public MetricReader() {}

  /** Whether a metric is known. */
  public boolean exists(DSLContext jooq, String metric) {
    return jooq.fetchOptional("select 1 from data.metric where metric = ?", metric).isPresent();
  }

  /** Series of a metric that have all of these labels. */
  public List<StoredSeries> series(
      DSLContext jooq, String metric, Map<String, String> labels, int most) {
    return jooq.fetch(
            SERIES + " where metric = ? and labels @> ?::jsonb order by series_id limit ?",
            metric,
            SeriesRows.text(labels),
            most)
        .map(MetricReader::read);
  }

  /**
   * What no later transaction than those that are open now wrote: to be asked for before {@link
   * #changedSince} so that nothing is missed the next time.
   */
  public String horizon(DSLContext jooq) {
    return jooq.fetchSingle("select pg_snapshot_xmin(pg_current_snapshot())::text")
        .get(0, String.class);
  }

  /**
   * Series that got later points since a {@link #horizon}; some of them may have been told before.
   */
  public List<StoredSeries> changedSince(
      DSLContext jooq, String horizon, Collection<String> metrics) {
    return jooq.fetch(
            SERIES + " where changed_tx >= ?::xid8 and metric = any(?::text[])",
            horizon,
            metrics.toArray(String[]::new))
        .map(MetricReader::read);
  }

  /**
   * Points in the order of their time.
   *
   * @param mostEach the most of each series, the earliest of them
   */
  public List<Stored> after(DSLContext jooq, List<SeriesFrom> series, int mostEach) {
    return points.readAfter(jooq, series, mostEach);
  }

  private static StoredSeries read(Record row) {
    @Nullable Instant last = row.get(3, Instant.class);
    return new StoredSeries(
        row.get(0, Long.class),
        new SeriesKey(row.get(1, String.class), SeriesRows.labels(row.get(2, String.class))),
        last);
  }
}
