package dev.segue.plugins.campaignmodels.variants;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which variants still run at the end of some days.
 *
 * @param days the counts of each day by variant, in the order of the days
 */
public record StillRunning(List<Map<String, Counts>> days) {

  /** Whoever has no trial on so many last days has been stopped. */
  private static final int STOPPED_AFTER = 3;

  /** Whether a variant had trials lately. */
  public boolean has(String variant) {
    return lately().stream().anyMatch(day -> ran(day, variant));
  }

  /**
   * The variant that began first of those that still run; the first by name of several. As long as
   * it runs, later looks find the same one.
   *
   * @return empty if none had trials lately
   */
  public Optional<String> longest() {
    return days.stream()
        .flatMap(day -> day.keySet().stream().filter(variant -> ran(day, variant)).sorted())
        .distinct()
        .filter(this::has)
        .findFirst();
  }

  private List<Map<String, Counts>> lately() {
    return days.subList(Math.max(0, days.size() - STOPPED_AFTER), days.size());
  }

  private static boolean ran(Map<String, Counts> day, String variant) {
    return day.getOrDefault(variant, Counts.NONE).trials() > 0;
  }
}
