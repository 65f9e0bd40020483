package dev.segue.plugins.alertanalysis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures and times as people read them. */
final class Words {

  private static final MathContext FOUR = new MathContext(4, RoundingMode.HALF_UP);
  private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  private Words() {}

  /** A figure with four significant digits. */
  static BigDecimal figure(double value) {
    return new BigDecimal(new BigDecimal(value).round(FOUR).toPlainString());
  }

  /** A figure with its unit, such as {@code 3.42 EUR}. */
  static String amount(double value, String unit) {
    String number = new BigDecimal(value).round(THREE).toPlainString();
    return unit.isEmpty() || unit.equals("1") ? number : number + " " + unit;
  }

  /** A share in whole percent, such as {@code 83 %}. */
  static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  /** A change in percent with its sign, such as {@code +35 %}. */
  static String change(double from, double to) {
    if (from == 0 || !Double.isFinite(to / from)) {
      return "from nothing";
    }
    long percent = Math.round(100 * (to / from - 1));
    return (percent > 0 ? "+" : "") + percent + " %";
  }

  static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  /** A span in the largest unit that fits, such as {@code 3 hours}. */
  static String span(Duration duration) {
    long minutes = Math.max(1, duration.toMinutes());
    if (minutes >= 2 * 1440) {
      return Math.round(minutes / 1440.0) + " days";
    }
    return minutes >= 120 ? Math.round(minutes / 60.0) + " hours" : minutes + " minutes";
  }

  /** Names as a list in a sentence. */
  static String list(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** Labels as people read them, such as {@code campaign lunch, variant photo}. */
  static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label(label.getKey()) + " " + label.getValue())
        .collect(Collectors.joining(", "));
  }

  /** A label's name in words. */
  static String label(String name) {
    return name.replace('_', ' ');
  }

  /** The metric's title, or its name in words. */
  static String metric(String title, String name) {
    return title.isBlank()
        ? Character.toUpperCase(name.charAt(0)) + label(name).substring(1)
        : title;
  }
}
