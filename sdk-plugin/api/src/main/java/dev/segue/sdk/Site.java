package dev.segue.sdk;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/**
 * A place of business.
 *
 * @param id 2 to 60 characters of {@code [a-z0-9-]}
 * @param name what people call it
 * @param zone its time zone
 * @param currency what it sells in
 * @param businessDayEnd the local time at which a business day ends, such as 04:00 for a bar;
 *     midnight means the calendar day
 * @param openingHours per weekday; a weekday that is missing is closed
 */
public record Site(
    String id,
    String name,
    ZoneId zone,
    Currency currency,
    LocalTime businessDayEnd,
    Map<DayOfWeek, List<Hours>> openingHours) {

  /** Copies the opening hours. */
  public Site {
    openingHours = Map.copyOf(openingHours);
  }

  /**
   * Tells to which business day an instant belongs.
   *
   * @param instant any instant
   * @return the local date, one earlier for the hours before {@link #businessDayEnd}
   */
  public LocalDate businessDate(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    return local.toLocalTime().isBefore(businessDayEnd)
        ? local.toLocalDate().minusDays(1)
        : local.toLocalDate();
  }

  /**
   * A span of opening hours.
   *
   * @param opens local time
   * @param closes local time; at or before {@code opens} means on the next day
   */
  public record Hours(LocalTime opens, LocalTime closes) {}
}
