package dev.segue.plugins.alertanalysis.season;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a series is at each time of its week, or of its day if there are too few weeks: medians,
 * with a band of three standard deviations by the median absolute deviation (Hampel's identifier).
 * A few wild values move neither. Immutable.
 */
public final class Expectation {

  private static final double NORMAL = 1.4826;
  private static final double WIDTH = 3;
  private static final int LEAST_POINTS = 8;
  private static final int LEAST_WEEKS = 3;
  private static final double SMALLEST = 1e-3;

  /** By what the values are told apart. */
  public enum Season {
    /** The time of the week. */
    WEEK,
    /** The time of the day. */
    DAY,
    /** Nothing. */
    NONE
  }

  private final ZoneId zone;
  private final Season season;
  private final Map<Integer, Double> medians;
  private final double middle;
  private final double spread;

  private Expectation(
      ZoneId zone, Season season, Map<Integer, Double> medians, double middle, double spread) {
    this.zone = zone;
    this.season = season;
    this.medians = medians;
    this.middle = middle;
    this.spread = spread;
  }

  /** What is to be expected, and where the ordinary ends. */
  public record Band(double low, double expected, double high) {

    /** Whether a value is within. */
    public boolean holds(double value) {
      return value >= low && value <= high;
    }
  }

  /**
   * Learns from the past.
   *
   * @param past values by time, none of the time in question
   * @param step how far they are apart
   * @param zone whose hours and weekdays count
   */
  public static Expectation of(SortedMap<Instant, Double> past, Duration step, ZoneId zone) {
    Season season = season(past, step);
    Map<Integer, List<Double>> slots = new HashMap<>();
    past.forEach(
        (at, value) ->
            slots.computeIfAbsent(slot(at, zone, season), any -> new ArrayList<>()).add(value));
    double middle = median(List.copyOf(past.values()));
    Map<Integer, Double> medians = new HashMap<>();
    slots.forEach(
        (slot, values) -> {
          if (values.size() > 1) {
            medians.put(slot, median(values));
          }
        });
    List<Double> distances = new ArrayList<>();
    past.forEach(
        (at, value) ->
            distances.add(Math.abs(value - medians.getOrDefault(slot(at, zone, season), middle))));
    double spread = Math.max(NORMAL * median(distances), SMALLEST * Math.abs(middle));
    return new Expectation(zone, season, medians, middle, spread);
  }

  private static Season season(SortedMap<Instant, Double> past, Duration step) {
    if (past.size() < LEAST_POINTS) {
      return Season.NONE;
    }
    long days = Duration.between(past.firstKey(), past.lastKey()).plus(step).toDays();
    if (days >= 7L * LEAST_WEEKS) {
      return Season.WEEK;
    }
    return days >= 2 && step.compareTo(Duration.ofHours(6)) <= 0 ? Season.DAY : Season.NONE;
  }

  private static int slot(Instant at, ZoneId zone, Season season) {
    ZonedDateTime local = at.atZone(zone);
    return switch (season) {
      case WEEK -> local.getDayOfWeek().getValue() * 24 + local.getHour();
      case DAY -> local.getHour();
      case NONE -> 0;
    };
  }

  /** The median; NaN of nothing. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** By what it tells values apart. */
  public Season season() {
    return season;
  }

  /** What is to be expected at a time; all NaN if nothing was learnt. */
  public Band at(Instant time) {
    double expected = medians.getOrDefault(slot(time, zone, season), middle);
    return new Band(expected - WIDTH * spread, expected, expected + WIDTH * spread);
  }
}
