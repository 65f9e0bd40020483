package dev.segue.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Offers series that monitors can watch. Thread-safe.
 *
 * <p>Nothing is read before somebody has set up a collection of the plugin's metrics, which says
 * when, and with which connection. One server at a time collects, and each metric by a call of its
 * own.
 */
public interface MetricSource {

  /**
   * Lists the metrics.
   *
   * @return at least one; names are unique within the plugin, and the same at each call
   */
  List<MetricInfo> metrics();

  /**
   * Tells from which account {@link #read} needs to read. The host then asks for a connection of
   * that type, and hands it out by {@link StepContext#connection}.
   *
   * @return a type that the plugin registers by {@link Catalog#connection}; empty, as it is unless
   *     overridden, for a source that reads business data or the plugin's own tables
   */
  default Optional<Class<? extends ConnectionType>> connection() {
    return Optional.empty();
  }

  /**
   * Reads the points of a period, as they are known now. Periods overlap and come again, for late
   * corrections and after failures: a point that was told before counts once, and of two values for
   * the same series and time the later one.
   *
   * @param metric the name of one of {@link #metrics()}
   * @param from the earliest time of a point, inclusive
   * @param to the latest time of a point, exclusive; not in the future
   * @param context read-only; belongs to no run and no site. Past its deadline, two minutes after
   *     the call began, the thread is interrupted
   * @return the points in any order, at most 100,000; read on the calling thread and closed by the
   *     host, so that they need not be in memory at once. Points outside of the period, in the
   *     future, or of labels that the metric doesn't declare are refused one by one, and shown to
   *     the operator
   * @throws Exception if the points could not be read; the message is shown to the operator, and
   *     the same period is read again later
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
   * @param labels names of the labels that tell series apart; {@code site} is for the id of a site
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
