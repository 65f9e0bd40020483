package dev.segue.plugins.alertanalysis.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where times stand, and at which of them a label does. */
final class TimeAxis {

  private static final int MOST_LABELS = 9;
  private static final List<Integer> HOURS = List.of(1, 2, 3, 6, 12);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

  private final Instant from;
  private final Instant to;
  private final ZoneId zone;
  private final Scale scale;

  TimeAxis(Instant from, Instant to, ZoneId zone, int start, int end) {
    this.from = from;
    this.to = to.isAfter(from) ? to : from.plusSeconds(1);
    this.zone = zone;
    this.scale = new Scale(0, Duration.between(from, this.to).toSeconds(), start, end);
  }

  int at(Instant time) {
    Instant within = time.isBefore(from) ? from : time.isAfter(to) ? to : time;
    return scale.at(Duration.between(from, within).toSeconds());
  }

  boolean holds(Instant time) {
    return !time.isBefore(from) && !time.isAfter(to);
  }

  /** A time with its label. */
  record Tick(Instant at, String label) {}

  List<Tick> ticks() {
    Duration span = Duration.between(from, to);
    for (int hours : HOURS) {
      if (span.toHours() / hours < MOST_LABELS) {
        return byHours(hours);
      }
    }
    int days = 1;
    while (span.toDays() / days >= MOST_LABELS) {
      days = days < 7 ? (days == 1 ? 2 : 7) : days * 2;
    }
    return byDays(days);
  }

  private List<Tick> byHours(int hours) {
    List<Tick> ticks = new ArrayList<>();
    ZonedDateTime at = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
    while (!at.toInstant().isAfter(to)) {
      if (holds(at.toInstant())) {
        ticks.add(new Tick(at.toInstant(), (at.getHour() == 0 ? DAY : HOUR).format(at)));
      }
      at = at.plusHours(hours);
    }
    return ticks;
  }

  private List<Tick> byDays(int days) {
    List<Tick> ticks = new ArrayList<>();
    ZonedDateTime at = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
    while (!at.toInstant().isAfter(to)) {
      if (holds(at.toInstant())) {
        ticks.add(new Tick(at.toInstant(), DAY.format(at)));
      }
      at = at.plusDays(days);
    }
    return ticks;
  }
}
