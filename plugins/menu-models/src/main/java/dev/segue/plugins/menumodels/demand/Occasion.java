package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;

/**
 * A day of a holiday or an event.
 *
 * @param day the day
 * @param name what it is called; the same name marks the same occasion in other years
 * @param knownOn the day on which it was known; {@link LocalDate#MIN} for what the calendar tells
 */
public record Occasion(LocalDate day, String name, LocalDate knownOn) {

  /** Makes an occasion that the calendar tells. */
  public static Occasion always(LocalDate day, String name) {
    return new Occasion(day, name, LocalDate.MIN);
  }
}
