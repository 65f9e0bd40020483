package dev.segue.plugins.alertanalysis.season;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In which parts of time a series is looked at: hours, several of them, or the days of a zone.
 *
 * @param step how long a part is; a day is one of the zone, however long
 * @param zone whose days count
 */
public record Grain(Duration step, ZoneId zone) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final List<Integer> HOURS = List.of(1, 2, 3, 4, 6, 8, 12);

  /** Chooses parts that are at least as long as values are usually apart. */
  public static Grain of(SortedMap<Instant, Double> values, ZoneId zone) {
    List<Double> gaps = new ArrayList<>();
    Instant last = null;
    for (Instant at : values.keySet()) {
      if (last != null) {
        gaps.add((double) Duration.between(last, at).toSeconds());
      }
      last = at;
    }
    double gap = gaps.isEmpty() ? DAY.toSeconds() : Expectation.median(gaps);
    return HOURS.stream()
        .map(Duration::ofHours)
        .filter(step -> gap <= step.toSeconds())
        .findFirst()
        .map(step -> new Grain(step, zone))
        .orElseGet(() -> new Grain(DAY, zone));
  }

  private boolean isDaily() {
    return step.equals(DAY);
  }

  /** When the part begins that holds a time. */
  public Instant start(Instant time) {
    if (isDaily()) {
      return time.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
    long seconds = step.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  /** When the part ends that begins at a time. */
  public Instant end(Instant start) {
    return isDaily()
        ? start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant()
        : start.plus(step);
  }

  /**
   * Gathers values in parts.
   *
   * @param adds whether values of a part add up; otherwise their mean counts
   * @param now where values add up, a part that isn't over by then is left out
   */
  public SortedMap<Instant, Double> gather(
      SortedMap<Instant, Double> values, boolean adds, Instant now) {
    SortedMap<Instant, List<Double>> parts = new TreeMap<>();
    values.forEach(
        (at, value) -> parts.computeIfAbsent(start(at), any -> new ArrayList<>()).add(value));
    SortedMap<Instant, Double> gathered = new TreeMap<>();
    parts.forEach(
        (at, all) -> {
          double sum = all.stream().mapToDouble(Double::doubleValue).sum();
          if (!adds) {
            gathered.put(at, sum / all.size());
          } else if (!end(at).isAfter(now)) {
            gathered.put(at, sum);
          }
        });
    return gathered;
  }

  /** The step in words, such as {@code hour} or {@code day}. */
  public String words() {
    return isDaily() ? "day" : step.toHours() == 1 ? "hour" : step.toHours() + " hours";
  }
}
