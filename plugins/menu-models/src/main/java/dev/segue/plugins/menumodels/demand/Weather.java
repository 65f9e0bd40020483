package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;

/**
 * The weather of one day.
 *
 * @param day the day
 * @param knownOn the day on which these values were known
 * @param temperature daily mean in degrees Celsius, or NaN
 * @param cloudCover in okta, 0 to 8, or NaN
 * @param windSpeed in metres per second, or NaN
 * @param rain in millimetres, or NaN
 */
public record Weather(
    LocalDate day,
    LocalDate knownOn,
    double temperature,
    double cloudCover,
    double windSpeed,
    double rain) {

  /** Says that these values were known before a given number of days had passed. */
  Weather knownAhead(int days) {
    return new Weather(day, day.minusDays(days), temperature, cloudCover, windSpeed, rain);
  }
}
