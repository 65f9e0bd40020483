package dev.segue.plugins.posfiles;

import dev.segue.sdk.Site;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges the days of a window by their number of lines.
 *
 * @param site its opening hours say which days should have sales; if it has none, a weekday counts
 *     as open when it sold on more than half of its days in the window
 * @param lines number of lines by business day; days without any are missing
 * @param holidays days that may be closed
 * @param window the days to judge, in order
 */
record DayRules(
    Site site, Map<LocalDate, Long> lines, Set<LocalDate> holidays, List<LocalDate> window) {

  private static final int FEWEST_TO_COMPARE = 3;
  private static final double DROP_WARNING = 0.4;
  private static final double DROP_ERROR = 0.2;

  List<Finding> findings() {
    if (lines.isEmpty()) {
      return List.of(
          Finding.of(
              Finding.Kind.NO_SALES,
              Finding.Severity.ERROR,
              window.size(),
              "There are no sales at all from "
                  + window.getFirst()
                  + " to "
                  + window.getLast()
                  + "; check whether the import ran."));
    }
    return Stream.concat(gaps().stream(), drops().stream()).toList();
  }

  private List<Finding> gaps() {
    List<Finding> findings = new ArrayList<>();
    LocalDate newestOpen = window.stream().filter(this::isOpen).reduce((a, b) -> b).orElse(null);
    LocalDate previousGap = LocalDate.MIN;
    for (LocalDate day : window) {
      if (lines.containsKey(day) || !isOpen(day)) {
        continue;
      }
      boolean newest = day.equals(newestOpen);
      boolean consecutive = day.minusDays(1).equals(previousGap);
      previousGap = day;
      Finding.Severity severity =
          holidays.contains(day)
              ? Finding.Severity.INFO
              : newest || consecutive ? Finding.Severity.ERROR : Finding.Severity.WARNING;
      findings.add(
          Finding.of(
              Finding.Kind.GAP,
              severity,
              day,
              1,
              "No sales on "
                  + day
                  + (holidays.contains(day)
                      ? ", which is a holiday."
                      : ", although the site is open on that weekday.")));
    }
    return findings;
  }

  private boolean isOpen(LocalDate day) {
    if (!site.openingHours().isEmpty()) {
      return !site.openingHours().getOrDefault(day.getDayOfWeek(), List.of()).isEmpty();
    }
    List<LocalDate> alike = sameWeekday(day);
    return alike.stream().filter(lines::containsKey).count() * 2 > alike.size();
  }

  private List<LocalDate> sameWeekday(LocalDate day) {
    return window.stream().filter(other -> other.getDayOfWeek() == day.getDayOfWeek()).toList();
  }

  private List<Finding> drops() {
    List<Finding> findings = new ArrayList<>();
    for (LocalDate day : window) {
      Long count = lines.get(day);
      List<Long> usual =
          sameWeekday(day).stream()
              .filter(other -> !other.equals(day) && lines.containsKey(other))
              .map(lines::get)
              .sorted()
              .toList();
      if (count == null || usual.size() < FEWEST_TO_COMPARE || holidays.contains(day)) {
        continue;
      }
      long median = usual.get(usual.size() / 2);
      if (count < median * DROP_WARNING) {
        findings.add(
            Finding.of(
                Finding.Kind.DROP,
                count < median * DROP_ERROR ? Finding.Severity.ERROR : Finding.Severity.WARNING,
                day,
                count,
                "Only "
                    + count
                    + " lines on "
                    + day
                    + ", where that weekday usually has "
                    + median
                    + "; the export may be incomplete."));
      }
    }
    return findings;
  }
}
