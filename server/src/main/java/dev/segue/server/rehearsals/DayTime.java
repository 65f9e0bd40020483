package dev.segue.server.rehearsals;

import dev.segue.sdk.Site;
import dev.segue.server.triggers.schedules.WorkflowSchedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** At which instant of a past day a run takes place. */
sealed interface DayTime {

  /** When a site opens, where nobody has told. */
  LocalTime MORNING = LocalTime.of(5, 0);

  /**
   * The instant of a calendar day.
   *
   * @return empty if there is no run on that day
   */
  Optional<Instant> on(LocalDate day, Optional<Site> site, ZoneId zone);

  /** Why there is no run on a day for which {@link #on} is empty. */
  String without(LocalDate day);

  /** Always at the same time of the clock on the wall. */
  record At(LocalTime time) implements DayTime {

    @Override
    public Optional<Instant> on(LocalDate day, Optional<Site> site, ZoneId zone) {
      return Optional.of(instant(day, time, zone));
    }

    @Override
    public String without(LocalDate day) {
      return "";
    }
  }

  /** When the site opens; at five where it is closed, or where nobody has told. */
  record Opening() implements DayTime {

    @Override
    public Optional<Instant> on(LocalDate day, Optional<Site> site, ZoneId zone) {
      LocalTime opens =
          site.stream()
              .flatMap(one -> one.hoursOn(day).stream())
              .map(Site.Hours::opens)
              .findFirst()
              .orElse(MORNING);
      return Optional.of(instant(day, opens, zone));
    }

    @Override
    public String without(LocalDate day) {
      return "";
    }
  }

  /** When its schedule first fires on that day. */
  record Scheduled(WorkflowSchedule schedule) implements DayTime {

    @Override
    public Optional<Instant> on(LocalDate day, Optional<Site> site, ZoneId zone) {
      return schedule
          .firstOn(day, zone)
          .filter(
              at ->
                  !schedule.skipsClosedDays()
                      || site.isEmpty()
                      || site.get().isOpenOn(site.get().businessDate(at)));
    }

    @Override
    public String without(LocalDate day) {
      return "The schedule %s starts nothing on that day. Give a time of day to rehearse it all the same."
          .formatted(schedule.id());
    }
  }

  /**
   * A time that the clock jumps over is when the jump lands; one that comes twice is the first, as
   * with schedules.
   */
  private static Instant instant(LocalDate day, LocalTime time, ZoneId zone) {
    LocalDateTime local = day.atTime(time);
    ZoneOffsetTransition jump = zone.getRules().getTransition(local);
    return jump != null && jump.isGap() ? jump.getInstant() : local.atZone(zone).toInstant();
  }
}
