package dev.segue.server.triggers.schedules;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** A field of a cron expression that is a set of numbers. */
enum CronField {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of the month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /** Sunday is 0 and 7. */
  DAY_OF_WEEK("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private final String words;
  private final int min;
  private final int max;
  private final List<String> names;

  CronField(String words, int min, int max, List<String> names) {
    this.words = words;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  /**
   * Adds what one part of a list stands for, such as {@code 5}, {@code MON-FRI} or {@code *}/15.
   */
  void add(BitSet values, String part) throws CronException {
    String[] stepped = part.split("/", -1);
    if (stepped.length > 2) {
      throw wrong(part, "has two steps");
    }
    int step = stepped.length == 2 ? number(stepped[1], part) : 1;
    if (step < 1) {
      throw wrong(part, "has a step below 1");
    }
    String range = stepped[0];
    int from;
    int to;
    if (range.equals("*")) {
      from = min;
      to = this == DAY_OF_WEEK ? 6 : max;
    } else if (range.contains("-")) {
      String[] ends = range.split("-", -1);
      if (ends.length != 2) {
        throw wrong(part, "is no range");
      }
      from = value(ends[0], part);
      to = value(ends[1], part);
      if (from > to) {
        throw wrong(part, "ends before it begins; write two ranges with a comma");
      }
    } else {
      from = value(range, part);
      to = stepped.length == 2 ? max : from;
    }
    for (int i = from; i <= to; i += step) {
      values.set(this == DAY_OF_WEEK ? i % 7 : i);
    }
  }

  /** The number or name, within the field's bounds. */
  int value(String text, String part) throws CronException {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    int value = named >= 0 ? named + min : number(text, part);
    if (value < min || value > max) {
      throw wrong(part, "must be from %d to %d".formatted(min, max));
    }
    return value;
  }

  private int number(String text, String part) throws CronException {
    if (!text.matches("[0-9]{1,4}")) {
      throw wrong(part, "is neither a number nor a name");
    }
    return Integer.parseInt(text);
  }

  CronException wrong(String part, String why) {
    return new CronException("The %s `%s` %s.".formatted(words, part, why));
  }
}
