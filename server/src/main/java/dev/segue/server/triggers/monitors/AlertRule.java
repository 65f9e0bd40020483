package dev.segue.server.triggers.monitors;

import java.time.Duration;

/**
 * When a condition that is met is worth an alert, and when an alert ends.
 *
 * @param lasting how long the condition must be met before an alert opens
 * @param keepFiring how long an alert stays open after the value came back
 * @param coolDown how long after the end of an alert no other opens
 * @param silent how old the last point may be before there is no data
 * @param noData what no data means
 * @param error what it means if the value could not be found out
 */
public record AlertRule(
    Duration lasting,
    Duration keepFiring,
    Duration coolDown,
    Duration silent,
    Absence noData,
    Absence error) {

  /** What it means that there is no value. */
  public enum Absence {
    /** It is shown as such; an open alert stays open. */
    SHOW,
    /** As if the condition were met. */
    ALERTING,
    /** As if all were well. */
    OK,
    /** Nothing changes. */
    KEEP_LAST
  }

  /** Refuses times that run backwards. */
  public AlertRule {
    if (lasting.isNegative() || keepFiring.isNegative() || coolDown.isNegative()) {
      throw new IllegalArgumentException("the times of a monitor are zero or more");
    }
    if (silent.isNegative() || silent.isZero()) {
      throw new IllegalArgumentException("the time until there is no data is more than zero");
    }
  }
}
