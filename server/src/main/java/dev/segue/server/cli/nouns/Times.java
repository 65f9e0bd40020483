package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points in time as people write them: a time, a day, or how long ago. */
final class Times {

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

  private Times() {}

  /**
   * Reads a point in time; null stays null.
   *
   * @param option for the message
   * @param text {@code 2h}, {@code 2026-01-31}, {@code 2026-01-31T08:00} or a time with its zone
   */
  static @Nullable Instant parse(String option, @Nullable String text, Instant now, ZoneId zone) {
    if (text == null) {
      return null;
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2).charAt(0)));
    }
    try {
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
          ? java.time.OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw CliException.wrongUse(
          "%s: `%s` is no time. Write 2h, 3d, 2026-01-31 or 2026-01-31T08:00."
              .formatted(option, text));
    }
  }

  private static Duration duration(long count, char unit) {
    return switch (unit) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }
}
