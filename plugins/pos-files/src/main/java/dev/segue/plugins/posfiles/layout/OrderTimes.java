package dev.segue.plugins.posfiles.layout;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads when something was ordered.
 *
 * <p>A time with an offset is taken at its word. One without is local: in the hour that a clock
 * change skips it counts from the old offset (02:30 becomes 03:30), in the hour that a clock change
 * repeats it is the earlier one. A date alone counts as noon, which no business day's end moves to
 * another day.
 */
final class OrderTimes {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[' ']")
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final List<DateTimeFormatter> formats;
  private final ZoneId zone;

  /**
   * Prepares the formats.
   *
   * @throws IllegalArgumentException if a pattern is none
   */
  OrderTimes(List<String> patterns, ZoneId zone) {
    List<DateTimeFormatter> all = new ArrayList<>();
    all.add(ISO);
    for (String pattern : patterns) {
      all.add(
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT));
    }
    this.formats = List.copyOf(all);
    this.zone = zone;
  }

  Instant read(String text) throws Unreadable {
    Instant plain = plainIso(text);
    if (plain != null) {
      return plain;
    }
    for (DateTimeFormatter format : formats) {
      try {
        return toInstant(format.parse(text));
      } catch (DateTimeException e) {
        continue;
      }
    }
    throw new Unreadable("the date and time '" + text + "' is in none of the known formats");
  }

  /** The most common form, {@code 2026-11-20 11:38:36}, without the formatter's cost. */
  private @Nullable Instant plainIso(String text) {
    if (text.length() != 19
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) != ' ' && text.charAt(10) != 'T')
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19))
          .atZone(zone)
          .toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private Instant toInstant(TemporalAccessor parsed) {
    if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
      return OffsetDateTime.from(parsed).toInstant();
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDate.from(parsed)
        .atTime(time == null ? LocalTime.NOON : time)
        .atZone(zone)
        .toInstant();
  }
}
