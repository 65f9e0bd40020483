package dev.segue.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Offers series that monitors can watch. Thread-safe. */
public interface MetricSource {

  /**
   * Lists the metrics.
   *
   * @return at least one; names are unique within the plugin
   */
  List<MetricInfo> metrics();

  /**
   * Reads points that have become known since the last call.
   *
   * @param metric the name of one of {@link #metrics()}
   * @param from the earliest time of a point, inclusive
   * @param to the latest time of a point, exclusive
   * @param context read-only
   * @return the points in any order; closed by the host
   * @throws Exception if the points could not be read; tried again later
   */
  Stream<MetricPoint> read(String metric, Instant from, Instant to, StepContext context)
      throws Exception;

  /**
   * Describes a metric.
   *
   * @param name Prometheus style, such as {@code sales_revenue}
   * @param title the name that people read
   * @param unit UCUM, or an ISO 4217 code for money; empty for a count
   * @param every how often new points appear
   * @param labels names of the labels that tell series apart
   */
  record MetricInfo(String name, String title, String unit, Duration every, List<String> labels) {

    /** Copies the labels. */
    public MetricInfo {
      labels = List.copyOf(labels);
    }
  }

  /**
   * One value of one series.
   *
   * @param time when it was true
   * @param value finite
   * @param labels a value for each of the metric's labels
   */
  record MetricPoint(Instant time, double value, Map<String, String> labels) {

    /** Copies the labels and refuses NaN and infinities. */
    public MetricPoint {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a metric point must be finite: " + value);
      }
      labels = Map.copyOf(labels);
    }
  }
}
