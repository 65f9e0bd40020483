package dev.segue.runtime.invoke;

import dev.segue.sdk.MetricSource.MetricPoint;
import java.time.Instant;
import java.util.List;

/**
 * What was read of a metric.
 *
 * @param points in the plugin's order
 * @param more whether there were more than were asked for
 */
public record MetricPoints(List<MetricPoint> points, boolean more) {

  /** Copies the list. */
  public MetricPoints {
    points = List.copyOf(points);
  }

  /**
   * Of which time points are.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public record Period(Instant from, Instant to) {

    /** Checks the order. */
    public Period {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("a period must not end before it begins: " + from);
      }
    }

    /**
     * Tells whether a time belongs to it.
     *
     * @param time any
     * @return whether it does
     */
    public boolean contains(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }
}
