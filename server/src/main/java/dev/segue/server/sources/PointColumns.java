package dev.segue.server.sources;

import dev.segue.server.data.metrics.PointRules;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a query say what of a point.
 *
 * @param time the number of the column, from 1
 * @param value the number of the column
 * @param metricColumn the number of the column; 0 if there is none
 * @param metric of which the points are whose row doesn't say so; null if all rows do
 * @param labels the numbers of the other columns by their names
 */
record PointColumns(
    int time, int value, int metricColumn, @Nullable String metric, Map<String, Integer> labels) {

  private static final String FIELD = "sql.query";
  private static final int MOST_LABELS = 16;
  private static final Set<String> NUMBERS =
      Set.of("int2", "int4", "int8", "float4", "float8", "numeric");

  /**
   * Finds them.
   *
   * @throws SourceException if one that is needed is missing, or of another type
   */
  static PointColumns of(ResultSetMetaData columns, @Nullable String metric)
      throws SQLException, SourceException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i);
      if (numbers.put(name, i) != null) {
        throw refused("It returns two columns %s. Name one of them otherwise.".formatted(name));
      }
    }
    int time = take(numbers, "time", "ordered_at as time");
    requireTime(columns.getColumnTypeName(time));
    int value = take(numbers, "value", "sum(net_amount) as value");
    String type = columns.getColumnTypeName(value);
    if (!NUMBERS.contains(type)) {
      throw refused(
          "Its column value is of the type %s. Return a number, such as count(*) or sum(quantity)."
              .formatted(type));
    }
    Integer metricColumn = numbers.remove("metric");
    if (metricColumn == null && metric == null) {
      throw new SourceException(
          "metric", "Name the metric of its points, or have the query return a column metric.");
    }
    requireLabels(numbers);
    return new PointColumns(
        time, value, metricColumn == null ? 0 : metricColumn, metric, Map.copyOf(numbers));
  }

  private static int take(Map<String, Integer> numbers, String name, String example)
      throws SourceException {
    Integer number = numbers.remove(name);
    if (number == null) {
      throw refused("It returns no column %s. Add it, such as `%s`.".formatted(name, example));
    }
    return number;
  }

  private static void requireTime(String type) throws SourceException {
    if (!type.equals("timestamptz")) {
      throw refused(
          "Its column time is of the type %s, which is no time in the world. Return timestamptz: a day becomes one by `day::timestamp at time zone zone`, with the zone of data.site."
              .formatted(type));
    }
  }

  private static void requireLabels(Map<String, Integer> numbers) throws SourceException {
    for (String name : numbers.keySet()) {
      if (!PointRules.isLabel(name)) {
        throw refused(
            "Its column %s can't be a label. Use up to 40 small letters, digits and underscores."
                .formatted(name));
      }
    }
    if (numbers.size() > MOST_LABELS) {
      throw refused(
          "It returns %d columns besides time and value. A point has %d labels at most."
              .formatted(numbers.size(), MOST_LABELS));
    }
  }

  private static SourceException refused(String message) {
    return new SourceException(FIELD, message);
  }

  /** Hands on a row. */
  void read(ResultSet rows, int row, PointSink sink) throws SQLException {
    OffsetDateTime at = rows.getObject(time, OffsetDateTime.class);
    double number = rows.getDouble(value);
    if (at == null || rows.wasNull()) {
      sink.refused(row, (at == null ? "time" : "value") + ": there is none.");
      return;
    }
    String named = metricColumn == 0 ? null : rows.getString(metricColumn);
    String of = named == null ? metric : named;
    if (of == null) {
      sink.refused(row, "metric: there is none.");
      return;
    }
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, Integer> label : labels.entrySet()) {
      String text = rows.getString(label.getValue());
      if (text != null) {
        texts.put(label.getKey(), text);
      }
    }
    sink.point(row, of, texts, at.toInstant(), number);
  }
}
