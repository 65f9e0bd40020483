package dev.segue.server.triggers.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression: five fields, or six with the second in front, or a name such as
 * {@code @daily}.
 *
 * <p>When clocks change: one that names its hours fires once for each of its times. A time that the
 * clock jumps over fires where the jump lands, and all that it jumps over fire there together,
 * once; a time that comes twice fires the first time. One that runs in every hour of the day fires
 * whenever the clock shows a matching time: in an hour that comes twice, twice.
 */
public final class Cron {

  private static final Map<String, String> NAMED =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  /** Longer than any wait that the calendar knows: eight years for a 29 February around 2100. */
  private static final int MONTHS_AHEAD = 12 * 41;

  private static final LocalDateTime SOME_LEAP_YEAR = LocalDateTime.of(2024, 1, 1, 0, 0);

  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final Predicate<LocalDate> days;

  private Cron(
      BitSet seconds, BitSet minutes, BitSet hours, BitSet months, Predicate<LocalDate> days) {
    this.seconds = seconds;
    this.minutes = minutes;
    this.hours = hours;
    this.months = months;
    this.days = days;
  }

  /**
   * Reads an expression.
   *
   * @throws CronException if it can't be read or never fires
   */
  public static Cron parse(String text) throws CronException {
    String plain = text.strip();
    if (plain.startsWith("@")) {
      String meant = NAMED.get(plain.toLowerCase(Locale.ROOT));
      if (meant == null) {
        throw new CronException(
            "There is no %s. Known are %s."
                .formatted(plain, String.join(", ", NAMED.keySet().stream().sorted().toList())));
      }
      plain = meant;
    }
    List<String> fields = new ArrayList<>(List.of(plain.split("\\s+")));
    if (fields.size() == 5) {
      fields.addFirst("0");
    }
    if (fields.size() != 6) {
      throw new CronException(
          "`%s` has %d fields. Write five: minute, hour, day of the month, month, day of the week;"
                  .formatted(text, plain.isEmpty() ? 0 : fields.size())
              + " or six, with the second in front.");
    }
    Cron cron =
        new Cron(
            set(CronField.SECOND, fields.get(0)),
            set(CronField.MINUTE, fields.get(1)),
            set(CronField.HOUR, fields.get(2)),
            set(CronField.MONTH, fields.get(4)),
            CronDays.parse(fields.get(3), fields.get(5)));
    if (cron.nextLocal(SOME_LEAP_YEAR) == null) {
      throw new CronException(
          "`%s` never fires: there is no such day in any month that it names.".formatted(text));
    }
    return cron;
  }

  private static BitSet set(CronField field, String text) throws CronException {
    BitSet values = new BitSet();
    for (String part : text.split(",", -1)) {
      field.add(values, part);
    }
    return values;
  }

  /** The first time after that instant at which it fires. */
  public Instant next(Instant after, ZoneId zone) {
    return runsEveryHour() ? nextShown(after, zone.getRules()) : nextNamed(after, zone.getRules());
  }

  private boolean runsEveryHour() {
    return hours.cardinality() == 24;
  }

  private Instant nextNamed(Instant after, ZoneRules rules) {
    LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
    while (true) {
      LocalDateTime named = nextOf(local);
      Instant fires = instant(named, rules);
      if (fires.isAfter(after)) {
        return fires;
      }
      local = named.plusSeconds(1);
    }
  }

  private static Instant instant(LocalDateTime local, ZoneRules rules) {
    ZoneOffsetTransition jump = rules.getTransition(local);
    if (jump == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return jump.isGap() ? jump.getInstant() : local.toInstant(jump.getOffsetBefore());
  }

  private Instant nextShown(Instant after, ZoneRules rules) {
    Instant from = Instant.ofEpochSecond(after.getEpochSecond() + 1);
    while (true) {
      ZoneOffset offset = rules.getOffset(from);
      Instant fires = nextOf(LocalDateTime.ofInstant(from, offset)).toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || fires.isBefore(change.getInstant())) {
        return fires;
      }
      from = change.getInstant();
    }
  }

  private LocalDateTime nextOf(LocalDateTime from) {
    LocalDateTime next = nextLocal(from);
    if (next == null) {
      throw new IllegalStateException("a cron that never fires was let in");
    }
    return next;
  }

  /** The first local time, that one included, that it names; null if there is none. */
  private @Nullable LocalDateTime nextLocal(LocalDateTime from) {
    LocalDateTime ceiling = from.getNano() == 0 ? from : from.withNano(0).plusSeconds(1);
    LocalTime first = nextTime(ceiling.toLocalTime());
    LocalDate date = ceiling.toLocalDate();
    if (first != null && months.get(date.getMonthValue()) && days.test(date)) {
      return date.atTime(first);
    }
    LocalDate day = nextDay(date.plusDays(1));
    LocalTime earliest = nextTime(LocalTime.MIDNIGHT);
    return day == null || earliest == null ? null : day.atTime(earliest);
  }

  private @Nullable LocalDate nextDay(LocalDate from) {
    LocalDate day = from;
    for (int month = 0; month < MONTHS_AHEAD; month++) {
      if (months.get(day.getMonthValue())) {
        int last = day.lengthOfMonth();
        for (LocalDate at = day; ; at = at.plusDays(1)) {
          if (days.test(at)) {
            return at;
          }
          if (at.getDayOfMonth() == last) {
            break;
          }
        }
      }
      day = day.withDayOfMonth(1).plusMonths(1);
    }
    return null;
  }

  private @Nullable LocalTime nextTime(LocalTime from) {
    for (int hour = hours.nextSetBit(from.getHour());
        hour >= 0;
        hour = hours.nextSetBit(hour + 1)) {
      boolean sameHour = hour == from.getHour();
      int startMinute = sameHour ? from.getMinute() : 0;
      for (int minute = minutes.nextSetBit(startMinute);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        boolean sameMinute = sameHour && minute == from.getMinute();
        int second = seconds.nextSetBit(sameMinute ? from.getSecond() : 0);
        if (second >= 0) {
          return LocalTime.of(hour, minute, second);
        }
      }
    }
    return null;
  }
}
