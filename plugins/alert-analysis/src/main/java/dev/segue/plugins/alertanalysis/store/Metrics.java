package dev.segue.plugins.alertanalysis.store;

import dev.segue.plugins.alertanalysis.cause.Amounts;
import dev.segue.plugins.alertanalysis.cause.Cell;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads stored series. */
public final class Metrics {

  /** Finest grain that is told apart. */
  private static final int SECONDS = 300;

  private static final int MOST_SERIES = 5_000;

  private final Rows rows;

  /**
   * Reads metrics.
   *
   * @param database sees what was known at the run's now
   */
  public Metrics(DataSource database) {
    this.rows = new Rows(database);
  }

  /**
   * A stored series.
   *
   * @param unit of its metric; empty if nobody said
   */
  public record Series(
      long id, String metric, Map<String, String> labels, String title, String unit) {

    /** Copies the labels. */
    public Series {
      labels = Map.copyOf(labels);
    }
  }

  /** Finds the series of a metric that have some labels. */
  public List<Series> series(String metric, Map<String, String> labels) throws SQLException {
    return find("metric = ? and labels @> jsonb_object(?)", metric, flat(labels));
  }

  /** Finds the series of other metrics that have some labels. */
  public List<Series> others(String metric, Map<String, String> labels) throws SQLException {
    return find("metric <> ? and labels @> jsonb_object(?)", metric, flat(labels));
  }

  private static List<String> flat(Map<String, String> labels) {
    return labels.entrySet().stream()
        .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
        .toList();
  }

  private List<Series> find(String where, Object... values) throws SQLException {
    return rows.list(
        row ->
            new Series(
                row.getLong(1),
                row.getString(2),
                labels(row.getArray(3), row.getArray(4)),
                row.getString(5),
                row.getString(6)),
        "select series_id, metric, array(select jsonb_object_keys(labels)),"
            + " array(select value from jsonb_each_text(labels)), title, unit"
            + " from data.metric_catalogue where "
            + where
            + " order by metric, series_id limit "
            + MOST_SERIES,
        values);
  }

  private static Map<String, String> labels(Array names, Array values) throws SQLException {
    String[] name = (String[]) names.getArray();
    String[] value = (String[]) values.getArray();
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < name.length; i++) {
      labels.put(name[i], value[i]);
    }
    return labels;
  }

  /**
   * Reads series together, in parts of five minutes.
   *
   * @param adds whether points add up; otherwise their mean counts
   * @return values by the time at which a part begins
   */
  public SortedMap<Instant, Double> values(
      List<Series> series, Instant from, Instant to, boolean adds) throws SQLException {
    SortedMap<Instant, Double> values = new TreeMap<>();
    rows.list(
        row ->
            values.put(row.getTimestamp(1).toInstant(), adds ? row.getDouble(2) : row.getDouble(3)),
        "select date_bin(make_interval(secs => "
            + SECONDS
            + "), at, timestamptz '2000-01-01Z'), sum(value), avg(value) from data.metric_history"
            + " where series_id = any (?::bigint[]) and at >= ? and at < ? group by 1 order by 1",
        ids(series),
        from,
        to);
    return values;
  }

  /**
   * Reads what each set of labels had in a span.
   *
   * @param numerators series whose points add up
   * @param denominators likewise; empty for a sum
   */
  public List<Cell> cells(
      List<Series> numerators, List<Series> denominators, Instant from, Instant to)
      throws SQLException {
    Map<Map<String, String>, Amounts> cells = new HashMap<>();
    add(cells, numerators, from, to, true);
    add(cells, denominators, from, to, false);
    List<Cell> found = new ArrayList<>();
    cells.forEach((labels, amounts) -> found.add(new Cell(labels, amounts)));
    return found;
  }

  private void add(
      Map<Map<String, String>, Amounts> cells,
      List<Series> series,
      Instant from,
      Instant to,
      boolean numerator)
      throws SQLException {
    if (series.isEmpty()) {
      return;
    }
    Map<Long, Map<String, String>> labels = new HashMap<>();
    series.forEach(one -> labels.put(one.id(), one.labels()));
    rows.list(
        row -> {
          double sum = row.getDouble(2);
          Amounts amounts = numerator ? new Amounts(sum, 0) : new Amounts(0, sum);
          return cells.merge(
              Objects.requireNonNull(labels.get(row.getLong(1))), amounts, Amounts::plus);
        },
        "select series_id, sum(value) from data.metric_history where series_id = any (?::bigint[])"
            + " and at >= ? and at < ? group by 1",
        ids(series),
        from,
        to);
  }

  private static List<Long> ids(List<Series> series) {
    return series.stream().map(Series::id).toList();
  }

  /** The first unit that is said; empty if none is. */
  public static String unit(List<Series> series) {
    return series.stream().map(Series::unit).filter(unit -> !unit.isEmpty()).findFirst().orElse("");
  }

  /** The first title that is said; null if none is. */
  public static @Nullable String title(List<Series> series) {
    return series.stream()
        .map(Series::title)
        .filter(title -> !title.isEmpty())
        .findFirst()
        .orElse(null);
  }
}
