package dev.segue.server.triggers.monitors;

import java.time.Duration;

/**
 * A monitor's rule over one group: which value is looked at, what is out of order, and when that is
 * worth an alert.
 *
 * @param window over which points become one value; zero for each point by itself
 * @param every how often the value is judged, counted from the epoch; zero for at every point
 * @param aggregation how points become one value
 */
public record WatchRule(
    Duration window,
    Duration every,
    Aggregation aggregation,
    Condition condition,
    AlertRule alerts) {

  /** Refuses windows that leave points out. */
  public WatchRule {
    if (window.isNegative() || every.isNegative() || window.compareTo(every) < 0) {
      throw new IllegalArgumentException(
          "the window is zero or more and at least as long as the time between two evaluations");
    }
  }

  /** How much history must be read before the rule says what it would say with all of it. */
  public Duration memory() {
    return condition.memory().plus(window).plus(every);
  }
}
