package dev.segue.plugins.alertanalysis.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What a chart shows.
 *
 * @param title the first line
 * @param subtitle the second, smaller line; may be empty
 * @param valueLabel what the values are, with their unit
 * @param zone whose times are shown
 * @param points by time
 * @param alertFrom where the alert's window begins
 * @param alertTo where it ends
 * @param marks what happened, by time
 */
public record ChartData(
    String title,
    String subtitle,
    String valueLabel,
    ZoneId zone,
    List<Point> points,
    Instant alertFrom,
    Instant alertTo,
    List<Mark> marks) {

  /** Copies the lists. */
  public ChartData {
    points = List.copyOf(points);
    marks = List.copyOf(marks);
  }

  /** A value with what was to be expected. */
  public record Point(Instant at, double value, double expected, double low, double high) {}

  /** Something that happened at a time. */
  public record Mark(Instant at, String text) {}
}
