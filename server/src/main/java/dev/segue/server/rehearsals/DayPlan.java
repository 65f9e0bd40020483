package dev.segue.server.rehearsals;

import dev.segue.sdk.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which runs a rehearsal consists of: one per calendar day and site, day by day. */
record DayPlan(List<Day> days) {

  DayPlan {
    days = List.copyOf(days);
  }

  /**
   * One run to be.
   *
   * @param day as the calendar says where it takes place
   * @param site null for none
   * @param asOf the run's now; null if there is no run on that day
   * @param businessDate the site's business day by then; the calendar day if there is no run
   * @param skipped why there is no run; empty if there is one
   */
  record Day(
      LocalDate day,
      @Nullable String site,
      @Nullable Instant asOf,
      LocalDate businessDate,
      String skipped) {

    Day skipped(String because) {
      return new Day(day, site, null, businessDate, because);
    }
  }

  /**
   * Where runs take place.
   *
   * @param site empty for no site
   */
  record Place(Optional<Site> site, ZoneId zone) {

    static Place of(Site site) {
      return new Place(Optional.of(site), site.zone());
    }

    @Nullable String id() {
      return site.map(Site::id).orElse(null);
    }
  }

  /** Plans the days from the first to the last, both included. */
  static DayPlan of(LocalDate from, LocalDate to, List<Place> places, DayTime time) {
    List<Day> days = new ArrayList<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      for (Place place : places) {
        days.add(plan(day, place, time));
      }
    }
    return new DayPlan(days);
  }

  private static Day plan(LocalDate day, Place place, DayTime time) {
    Optional<Instant> at = time.on(day, place.site(), place.zone());
    if (at.isEmpty()) {
      return new Day(day, place.id(), null, day, time.without(day));
    }
    LocalDate businessDate =
        place
            .site()
            .map(site -> site.businessDate(at.get()))
            .orElseGet(() -> at.get().atZone(place.zone()).toLocalDate());
    return new Day(day, place.id(), at.get(), businessDate, "");
  }

  /** The runs that there will be. */
  long runs() {
    return days.stream().filter(day -> day.asOf() != null).count();
  }
}
