package dev.segue.server.data.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which series.
 *
 * @param metric its name, such as {@code sales_revenue}
 * @param labels by name; {@code site} is the id of a site
 */
public record SeriesKey(String metric, SortedMap<String, String> labels) {

  /** Copies the labels. */
  public SeriesKey {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A series with those labels. */
  public static SeriesKey of(String metric, Map<String, String> labels) {
    return new SeriesKey(metric, new TreeMap<>(labels));
  }

  /** The site it belongs to; null for none. */
  public @Nullable String site() {
    return labels.get("site");
  }

  @Override
  public String toString() {
    return metric + labels;
  }
}
