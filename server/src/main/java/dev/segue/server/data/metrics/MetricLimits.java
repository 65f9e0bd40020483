package dev.segue.server.data.metrics;

import java.time.Duration;

/**
 * What is taken and how long it is kept.
 *
 * @param future how far ahead of now a point may lie: clocks differ
 * @param raw how long points are kept as they came; older ones are refused and rolled up into hours
 * @param hourly how long hours are kept before they are rolled up into days
 * @param daily how long days are kept
 * @param labels the most labels of a series
 * @param series the most series of a metric
 */
public record MetricLimits(
    Duration future, Duration raw, Duration hourly, Duration daily, int labels, int series) {

  /** What suits most. */
  public static MetricLimits defaults() {
    return new MetricLimits(
        Duration.ofMinutes(10),
        Duration.ofDays(400),
        Duration.ofDays(1200),
        Duration.ofDays(3650),
        16,
        100_000);
  }
}
