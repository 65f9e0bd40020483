package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.cause.Cell;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The span to explain, and ordinary spans of the same length to compare it with. */
final class Spans {

  private final Instant from;
  private final Instant to;
  private final int weeks;
  private final ZoneId zone;

  private Spans(Instant from, Instant to, int weeks, ZoneId zone) {
    this.from = from;
    this.to = to;
    this.weeks = weeks;
    this.zone = zone;
  }

  /** The very span that is asked for. */
  static Spans of(ExplainChange.Input input, ZoneId zone) {
    return new Spans(input.from(), input.to(), input.weeks(), zone);
  }

  /**
   * Whole days.
   *
   * @param lastDay that has results; empty if none has
   */
  static Spans ofDays(ExplainChange.Input input, ZoneId zone, Optional<LocalDate> lastDay) {
    LocalDate first = input.from().atZone(zone).toLocalDate();
    LocalDate today = input.to().atZone(zone).toLocalDate();
    LocalDate end = lastDay.map(day -> day.plusDays(1)).filter(today::isAfter).orElse(today);
    Instant from = first.atStartOfDay(zone).toInstant();
    // Today's results aren't in yet; of an alert of today they are all there is.
    Instant to = end.isAfter(first) ? end.atStartOfDay(zone).toInstant() : input.to();
    return new Spans(from, to, input.weeks(), zone);
  }

  /** Reads the cells of a span, its end not included. */
  interface Reader {
    List<Cell> read(Instant from, Instant to) throws SQLException;
  }

  /**
   * What was read.
   *
   * @param ordinary spans with any cells
   * @param with what they are, in words
   */
  record Compared(List<Cell> after, List<List<Cell>> ordinary, String with) {}

  /** The same times of weeks before; if there are none, the time just before. */
  Compared compare(Reader reader) throws SQLException {
    List<Cell> after = reader.read(from, to);
    long length = Duration.between(from, to).toMinutes();
    long shift = 7 * Math.ceilDiv(Math.max(1, length), 7 * 1440L);
    List<List<Cell>> ordinary = new ArrayList<>();
    for (int week = 1; week <= weeks; week++) {
      List<Cell> span = reader.read(earlier(from, week * shift), earlier(to, week * shift));
      if (!span.isEmpty()) {
        ordinary.add(span);
      }
    }
    if (!ordinary.isEmpty()) {
      return new Compared(
          after,
          ordinary,
          ordinary.size() == 1
              ? "the same time a week before"
              : "the same time of " + ordinary.size() + " weeks before");
    }
    List<Cell> before = reader.read(from.minus(Duration.between(from, to)), from);
    return new Compared(
        after,
        before.isEmpty() ? List.of() : List.of(before),
        "the " + Words.span(Duration.between(from, to)) + " before");
  }

  /** By the calendar of the zone, over clock changes. */
  private Instant earlier(Instant at, long days) {
    return at.atZone(zone).minusDays(days).toInstant();
  }
}
