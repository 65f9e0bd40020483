package dev.segue.server.triggers.monitors;

import java.util.Arrays;
import java.util.Locale;

/** What becomes one value of the values in a window. */
public enum Aggregation {
  /** The latest. */
  LAST,
  /** Their mean. */
  MEAN,
  /** Their middle. */
  MEDIAN,
  /** Their sum. */
  SUM,
  /** The least. */
  MIN,
  /** The greatest. */
  MAX,
  /** How many there are. */
  COUNT;

  /**
   * Makes one of many.
   *
   * @param values in the order of their time, at least one
   */
  double of(double[] values) {
    return switch (this) {
      case LAST -> values[values.length - 1];
      case MEAN -> Arrays.stream(values).sum() / values.length;
      case MEDIAN -> {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        yield sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      }
      case SUM -> Arrays.stream(values).sum();
      case MIN -> Arrays.stream(values).min().orElseThrow();
      case MAX -> Arrays.stream(values).max().orElseThrow();
      case COUNT -> values.length;
    };
  }

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
