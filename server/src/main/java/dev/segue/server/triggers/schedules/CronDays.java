package dev.segue.server.triggers.schedules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The days of a cron expression. As in every cron, a day counts if either of the two fields names
 * it, unless one of them is left open.
 */
final class CronDays {

  private CronDays() {}

  static Predicate<LocalDate> parse(String ofMonth, String ofWeek) throws CronException {
    if (isOpen(ofMonth)) {
      return isOpen(ofWeek) ? day -> true : ofWeek(ofWeek);
    }
    return isOpen(ofWeek) ? ofMonth(ofMonth) : ofMonth(ofMonth).or(ofWeek(ofWeek));
  }

  private static boolean isOpen(String field) {
    return field.equals("*") || field.equals("?");
  }

  private static Predicate<LocalDate> ofMonth(String field) throws CronException {
    BitSet days = new BitSet();
    List<Predicate<LocalDate>> special = new ArrayList<>();
    for (String raw : field.split(",", -1)) {
      String part = raw.toUpperCase(Locale.ROOT);
      if (part.equals("LW")) {
        special.add(day -> day.equals(nearestWeekday(day, day.lengthOfMonth())));
      } else if (part.startsWith("L")) {
        int before = part.equals("L") ? 0 : daysBeforeLast(part);
        special.add(day -> day.getDayOfMonth() == day.lengthOfMonth() - before);
      } else if (part.endsWith("W")) {
        int wanted = CronField.DAY_OF_MONTH.value(part.substring(0, part.length() - 1), raw);
        special.add(
            day -> wanted <= day.lengthOfMonth() && day.equals(nearestWeekday(day, wanted)));
      } else {
        CronField.DAY_OF_MONTH.add(days, part);
      }
    }
    return special.stream().reduce(day -> days.get(day.getDayOfMonth()), Predicate::or);
  }

  private static int daysBeforeLast(String part) throws CronException {
    if (!part.matches("L-([1-9]|[12][0-9]|30)")) {
      throw CronField.DAY_OF_MONTH.wrong(part, "is neither L, LW nor such as L-3");
    }
    return Integer.parseInt(part.substring(2));
  }

  /** The working day next to that day, in the same month. */
  private static LocalDate nearestWeekday(LocalDate in, int dayOfMonth) {
    LocalDate day = in.withDayOfMonth(dayOfMonth);
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> dayOfMonth == 1 ? day.plusDays(2) : day.minusDays(1);
      case SUNDAY -> dayOfMonth == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
      default -> day;
    };
  }

  private static Predicate<LocalDate> ofWeek(String field) throws CronException {
    BitSet days = new BitSet();
    List<Predicate<LocalDate>> special = new ArrayList<>();
    for (String part : field.split(",", -1)) {
      if (part.contains("#")) {
        special.add(nth(part));
      } else if (part.length() > 1 && part.toUpperCase(Locale.ROOT).endsWith("L")) {
        DayOfWeek day = dayOfWeek(part.substring(0, part.length() - 1), part);
        special.add(date -> date.equals(date.with(TemporalAdjusters.lastInMonth(day))));
      } else {
        CronField.DAY_OF_WEEK.add(days, part);
      }
    }
    return special.stream()
        .reduce(date -> days.get(date.getDayOfWeek().getValue() % 7), Predicate::or);
  }

  private static Predicate<LocalDate> nth(String part) throws CronException {
    String[] sides = part.split("#", -1);
    if (sides.length != 2 || !sides[1].matches("[1-5]")) {
      throw CronField.DAY_OF_WEEK.wrong(part, "is not such as MON#2, with 1 to 5");
    }
    DayOfWeek day = dayOfWeek(sides[0], part);
    int nth = Integer.parseInt(sides[1]);
    return date -> date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 + 1 == nth;
  }

  private static DayOfWeek dayOfWeek(String text, String part) throws CronException {
    int value = CronField.DAY_OF_WEEK.value(text, part);
    return DayOfWeek.of(value == 0 ? 7 : value);
  }
}
