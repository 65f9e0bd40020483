package dev.segue.plugins.posfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.sdk.Site;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DayRulesTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 10, 5);
  private static final List<LocalDate> FOUR_WEEKS = MONDAY.datesUntil(MONDAY.plusDays(28)).toList();

  @Test
  void findsNothingInFourGoodWeeks() {
    assertThat(rules(steady(), Set.of()).findings()).isEmpty();
  }

  @Test
  void tellsASingleGapFromSeveralDaysAndFromHolidays() {
    Map<LocalDate, Long> lines = steady();
    lines.remove(MONDAY.plusDays(2));
    lines.remove(MONDAY.plusDays(8));
    lines.remove(MONDAY.plusDays(9));
    lines.remove(MONDAY.plusDays(17));

    assertThat(rules(lines, Set.of(MONDAY.plusDays(17))).findings())
        .extracting(finding -> finding.day().orElseThrow(), Finding::severity)
        .containsExactly(
            tuple(MONDAY.plusDays(2), Finding.Severity.WARNING),
            tuple(MONDAY.plusDays(8), Finding.Severity.WARNING),
            tuple(MONDAY.plusDays(9), Finding.Severity.ERROR),
            tuple(MONDAY.plusDays(17), Finding.Severity.INFO));
  }

  @Test
  void takesAMissingNewestDaySeriously() {
    Map<LocalDate, Long> lines = steady();
    lines.remove(FOUR_WEEKS.get(26));
    lines.remove(FOUR_WEEKS.getLast());

    assertThat(rules(lines, Set.of()).findings())
        .extracting(Finding::kind, Finding::severity)
        .contains(tuple(Finding.Kind.GAP, Finding.Severity.ERROR));
  }

  @Test
  void expectsNothingOnAWeekdayThatIsClosed() {
    Map<LocalDate, Long> lines = steady();
    lines.keySet().removeIf(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY);

    assertThat(rules(lines, Set.of()).findings()).isEmpty();
  }

  @Test
  void comparesADayWithItsOwnWeekday() {
    Map<LocalDate, Long> lines = steady();
    lines.put(MONDAY.plusDays(10), 30L);
    lines.put(MONDAY.plusDays(11), 10L);

    assertThat(rules(lines, Set.of()).findings())
        .extracting(Finding::kind, Finding::severity)
        .containsExactly(
            tuple(Finding.Kind.DROP, Finding.Severity.WARNING),
            tuple(Finding.Kind.DROP, Finding.Severity.ERROR));
  }

  @Test
  void saysSoWhenThereAreNoSalesAtAll() {
    assertThat(rules(Map.of(), Set.of()).findings())
        .singleElement()
        .extracting(Finding::kind)
        .isEqualTo(Finding.Kind.NO_SALES);
  }

  private static Map<LocalDate, Long> steady() {
    return FOUR_WEEKS.stream()
        .collect(Collectors.toMap(day -> day, day -> 100L, (a, b) -> a, HashMap::new));
  }

  private static DayRules rules(Map<LocalDate, Long> lines, Set<LocalDate> holidays) {
    Map<DayOfWeek, List<Site.Hours>> hours = new HashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day != DayOfWeek.SUNDAY) {
        hours.put(day, List.of(new Site.Hours(LocalTime.of(9, 0), LocalTime.of(22, 0))));
      }
    }
    Site site =
        new Site(
            "cafe",
            "Café",
            ZoneId.of("Europe/Berlin"),
            Currency.getInstance("EUR"),
            LocalTime.MIDNIGHT,
            hours);
    return new DayRules(site, lines, holidays, FOUR_WEEKS);
  }
}
