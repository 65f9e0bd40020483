package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Features from the calendar, holidays and events. */
final class CalendarFeatures {

  private static final double DAYS_OF_YEAR = 365.25;
  private static final int FAR = 15;

  private CalendarFeatures() {}

  static List<Feature> all() {
    List<Feature> features = new ArrayList<>();
    features.add(
        always("weekday", (target, origin) -> origin.date(target.day()).getDayOfWeek().getValue()));
    features.add(always("month", (target, origin) -> origin.date(target.day()).getMonthValue()));
    features.add(
        always("day-of-month", (target, origin) -> origin.date(target.day()).getDayOfMonth()));
    features.add(
        always("day-of-year", (target, origin) -> origin.date(target.day()).getDayOfYear()));
    for (int harmonic = 1; harmonic <= 2; harmonic++) {
      int times = harmonic;
      features.add(
          always("year.sin." + times, (target, origin) -> Math.sin(angle(target, origin, times))));
      features.add(
          always("year.cos." + times, (target, origin) -> Math.cos(angle(target, origin, times))));
    }
    features.add(always("trend", (target, origin) -> origin.date(target.day()).toEpochDay()));
    features.add(always("easter", CalendarFeatures::daysFromEaster));
    features.add(always("holiday", (target, origin) -> flag(holidayAt(target, origin, 0))));
    features.add(always("holiday.eve", (target, origin) -> flag(holidayAt(target, origin, 1))));
    features.add(always("holiday.after", (target, origin) -> flag(holidayAt(target, origin, -1))));
    features.add(always("holiday.bridge", (target, origin) -> flag(origin.bridge(target.day()))));
    features.add(always("holiday.next", (target, origin) -> distance(target, origin, 1)));
    features.add(always("holiday.last", (target, origin) -> distance(target, origin, -1)));
    features.add(new Feature("holiday.effect", Known.AT_ORIGIN, CalendarFeatures::holidayEffect));
    features.add(
        new Feature(
            "event",
            Known.FROM_ANNOUNCEMENT,
            (target, origin) -> flag(origin.event(target.day()).isPresent())));
    features.add(
        new Feature("event.effect", Known.FROM_ANNOUNCEMENT, CalendarFeatures::eventEffect));
    return features;
  }

  private static Feature always(String name, Feature.Formula formula) {
    return new Feature(name, Known.ALWAYS, formula);
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }

  private static double angle(Target target, Origin origin, int times) {
    return 2 * Math.PI * times * origin.date(target.day()).getDayOfYear() / DAYS_OF_YEAR;
  }

  private static boolean holidayAt(Target target, Origin origin, int offset) {
    return origin.holiday(target.day() + offset).isPresent();
  }

  private static double distance(Target target, Origin origin, int direction) {
    for (int days = 0; days < FAR; days++) {
      if (origin.holiday(target.day() + direction * days).isPresent()) {
        return days;
      }
    }
    return FAR;
  }

  private static double holidayEffect(Target target, Origin origin) {
    return origin
        .holiday(target.day())
        .map(holiday -> origin.effectOf(holiday, target.item(), 1))
        .orElse(Double.NaN);
  }

  private static double eventEffect(Target target, Origin origin) {
    return origin
        .event(target.day())
        .map(event -> origin.effectOf(event, target.item(), 20))
        .orElse(Double.NaN);
  }

  /** Days since Easter Sunday of the same year, to which many holidays and school breaks hold. */
  private static double daysFromEaster(Target target, Origin origin) {
    LocalDate date = origin.date(target.day());
    long days = date.toEpochDay() - easter(date.getYear()).toEpochDay();
    return Math.clamp(days, -60, 60);
  }

  /** Easter Sunday by the Gregorian computus. */
  static LocalDate easter(int year) {
    int golden = year % 19;
    int century = year / 100;
    int rest = year % 100;
    int correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int late = (golden + 11 * epact + 22 * weekday) / 451;
    int days = epact + weekday - 7 * late + 114;
    return LocalDate.of(year, days / 31, days % 31 + 1);
  }
}
