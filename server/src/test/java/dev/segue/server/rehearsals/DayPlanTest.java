package dev.segue.server.rehearsals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.sdk.Site;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The runs of a rehearsal: one per day and site, at the right instant wherever the site is. */
class DayPlanTest {

  private static final LocalDate SPRING = LocalDate.of(2026, 3, 29);
  private static final LocalDate AUTUMN = LocalDate.of(2026, 10, 25);

  @Test
  void eachSiteHasItsOwnMorningAndDaysComeInTheirOrder() {
    DayPlan plan =
        DayPlan.of(
            LocalDate.of(2026, 3, 1),
            LocalDate.of(2026, 3, 2),
            List.of(place("berlin", "Europe/Berlin"), place("austin", "America/Chicago")),
            new DayTime.At(LocalTime.of(5, 0)));

    assertThat(plan.days().stream().map(day -> day.site() + " " + day.asOf()))
        .containsExactly(
            "berlin 2026-03-01T04:00:00Z",
            "austin 2026-03-01T11:00:00Z",
            "berlin 2026-03-02T04:00:00Z",
            "austin 2026-03-02T11:00:00Z");
    assertThat(plan.runs()).isEqualTo(4);
  }

  @Test
  void aTimeThatTheClockJumpsOverIsWhenTheJumpLands() {
    assertThat(only(SPRING, at(2, 30), "Europe/Berlin").asOf())
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(only(SPRING, at(5, 0), "Europe/Berlin").asOf())
        .isEqualTo(Instant.parse("2026-03-29T03:00:00Z"));
  }

  @Test
  void aTimeThatComesTwiceIsTheFirst() {
    assertThat(only(AUTUMN, at(2, 30), "Europe/Berlin").asOf())
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void theTwentyNinthOfFebruaryIsADayInLeapYearsAlone() {
    assertThat(days(LocalDate.of(2028, 2, 28), LocalDate.of(2028, 3, 1)))
        .containsExactly("2028-02-28", "2028-02-29", "2028-03-01");
    assertThat(days(LocalDate.of(2026, 2, 28), LocalDate.of(2026, 3, 1)))
        .containsExactly("2026-02-28", "2026-03-01");
  }

  @Test
  void beforeTheBusinessDayEndsTheRunBelongsToTheDayBefore() {
    DayPlan.Day night = only(LocalDate.of(2026, 3, 10), at(3, 0), "Europe/Berlin");
    DayPlan.Day morning = only(LocalDate.of(2026, 3, 10), at(4, 0), "Europe/Berlin");

    assertThat(night.businessDate()).isEqualTo("2026-03-09");
    assertThat(morning.businessDate()).isEqualTo("2026-03-10");
  }

  @Test
  void withoutATimeItIsTheOpeningOrFive() {
    Site bar =
        new Site(
            "bar",
            "Bar",
            ZoneId.of("Europe/Berlin"),
            Currency.getInstance("EUR"),
            LocalTime.of(4, 0),
            Map.of(
                DayOfWeek.MONDAY,
                List.of(new Site.Hours(LocalTime.of(17, 30), LocalTime.of(1, 0)))));

    DayPlan plan =
        DayPlan.of(
            LocalDate.of(2026, 6, 1),
            LocalDate.of(2026, 6, 2),
            List.of(DayPlan.Place.of(bar)),
            new DayTime.Opening());

    assertThat(plan.days().stream().map(DayPlan.Day::asOf))
        .containsExactly(
            Instant.parse("2026-06-01T15:30:00Z"), Instant.parse("2026-06-02T03:00:00Z"));
  }

  @Test
  void withoutASiteDaysAreThoseOfTheZone() {
    DayPlan plan =
        DayPlan.of(
            SPRING,
            SPRING,
            List.of(new DayPlan.Place(Optional.empty(), ZoneOffset.UTC)),
            new DayTime.At(LocalTime.of(2, 30)));

    assertThat(plan.days().getFirst().asOf()).isEqualTo(Instant.parse("2026-03-29T02:30:00Z"));
    assertThat(plan.days().getFirst().site()).isNull();
  }

  private static DayTime at(int hour, int minute) {
    return new DayTime.At(LocalTime.of(hour, minute));
  }

  private static DayPlan.Day only(LocalDate day, DayTime time, String zone) {
    return DayPlan.of(day, day, List.of(place("cafe", zone)), time).days().getFirst();
  }

  private static List<String> days(LocalDate from, LocalDate to) {
    return DayPlan.of(from, to, List.of(place("cafe", "Europe/Berlin")), at(5, 0)).days().stream()
        .map(day -> day.day().toString())
        .toList();
  }

  private static DayPlan.Place place(String id, String zone) {
    return DayPlan.Place.of(
        new Site(
            id, id, ZoneId.of(zone), Currency.getInstance("EUR"), LocalTime.of(4, 0), Map.of()));
  }
}
