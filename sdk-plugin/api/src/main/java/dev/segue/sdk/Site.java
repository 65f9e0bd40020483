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
 * @param exceptions business days with other hours than their weekday; without hours they are
 *     closed
 */
public record Site(
    String id,
    String name,
    ZoneId zone,
    Currency currency,
    LocalTime businessDayEnd,
    Map<DayOfWeek, List<Hours>> openingHours,
    Map<LocalDate, List<Hours>> exceptions) {

  /** Copies the opening hours. */
  public Site {
    openingHours = Map.copyOf(openingHours);
    exceptions = Map.copyOf(exceptions);
  }

  /**
   * Makes a place of business whose opening hours have no exceptions.
   *
   * @param id as above
   * @param name as above
   * @param zone as above
   * @param currency as above
   * @param businessDayEnd as above
   * @param openingHours as above
   */
  public Site(
      String id,
      String name,
      ZoneId zone,
      Currency currency,
      LocalTime businessDayEnd,
      Map<DayOfWeek, List<Hours>> openingHours) {
    this(id, name, zone, currency, businessDayEnd, openingHours, Map.of());
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
   * Tells when it is open on a business day.
   *
   * @param businessDate any date
   * @return the spans in their order; empty if it is closed, or if no opening hours are known
   */
  public List<Hours> hoursOn(LocalDate businessDate) {
    List<Hours> exception = exceptions.get(businessDate);
    return exception != null
        ? exception
        : openingHours.getOrDefault(businessDate.getDayOfWeek(), List.of());
  }

  /**
   * Tells whether it is open on a business day.
   *
   * @param businessDate any date
   * @return true also where no opening hours are known at all, unless that day is an exception
   */
  public boolean isOpenOn(LocalDate businessDate) {
    boolean unknown = openingHours.isEmpty() && !exceptions.containsKey(businessDate);
    return unknown || !hoursOn(businessDate).isEmpty();
  }

  /**
   * A span of opening hours.
   *
   * @param opens local time
   * @param closes local time; at or before {@code opens} means on the next day
   */
  public record Hours(LocalTime opens, LocalTime closes) {}
}
