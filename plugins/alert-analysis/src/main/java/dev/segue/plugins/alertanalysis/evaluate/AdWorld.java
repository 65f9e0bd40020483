package dev.segue.plugins.alertanalysis.evaluate;

import dev.segue.plugins.alertanalysis.cause.Amounts;
import dev.segue.plugins.alertanalysis.cause.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Ads with a known cause of what happens to their cost per conversion: four campaigns of up to
 * three ad sets, three variants, five segments, each with a size and a rate of its own. Weeks
 * differ by chance, as does each cell within them. Not thread-safe.
 */
final class AdWorld {

  private static final int WEEKS = 4;
  private static final double LARGE = 60;

  private final SplittableRandom random;
  private final List<Place> places = new ArrayList<>();
  private final double conversions;

  /** What happens in the week of the alert. */
  enum Event {
    /** One campaign brings less. */
    CAMPAIGN("campaign"),
    /** One variant brings less. */
    VARIANT("variant"),
    /** One segment brings less. */
    SEGMENT("segment"),
    /** Money moves to the segment that always was dearest. */
    SHIFT("segment"),
    /** All bring less alike. */
    ALL(""),
    /** Nothing but chance. */
    CHANCE("");

    private final String dimension;

    Event(String dimension) {
      this.dimension = dimension;
    }

    boolean hasCause() {
      return !dimension.isEmpty();
    }
  }

  private record Place(Map<String, String> labels, double cost, double rate) {}

  /**
   * A world with what happened in it.
   *
   * @param segment the value of the dimension that is the cause; empty if there is none
   */
  record Story(List<List<Cell>> before, List<Cell> after, String dimension, String segment) {}

  /**
   * Makes up a world.
   *
   * @param conversions about how many there are in a week
   */
  AdWorld(long seed, double conversions) {
    this.random = new SplittableRandom(seed);
    this.conversions = conversions;
    for (int campaign = 0; campaign < 4; campaign++) {
      double size = factor(0.5);
      int adSets = 1 + random.nextInt(3);
      for (int adSet = 0; adSet < adSets; adSet++) {
        for (int variant = 0; variant < 3; variant++) {
          for (int segment = 0; segment < 5; segment++) {
            places.add(
                new Place(
                    Map.of(
                        "campaign", "c" + campaign,
                        "ad_set", "c" + campaign + "-" + adSet,
                        "variant", "v" + variant,
                        "segment", "s" + segment),
                    size / adSets * factor(0.4),
                    (1 + 0.15 * segment) * factor(0.2)));
          }
        }
      }
    }
  }

  private double factor(double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  Story tell(Event event) {
    List<List<Cell>> before = new ArrayList<>();
    for (int week = 0; week < WEEKS; week++) {
      before.add(week("", "", Event.CHANCE, 1));
    }
    String segment =
        switch (event) {
          case CAMPAIGN -> "c" + random.nextInt(4);
          case VARIANT -> "v" + random.nextInt(3);
          case SEGMENT -> "s" + random.nextInt(5);
          // The first segment brings least for its cost.
          case SHIFT -> "s0";
          case ALL, CHANCE -> "";
        };
    double strength =
        switch (event) {
          case CAMPAIGN, VARIANT, SEGMENT -> 0.3 + 0.3 * random.nextDouble();
          case SHIFT -> 2.5 + random.nextDouble();
          case ALL -> 0.5 + 0.25 * random.nextDouble();
          case CHANCE -> 1;
        };
    return new Story(
        before, week(event.dimension, segment, event, strength), event.dimension, segment);
  }

  private List<Cell> week(String dimension, String segment, Event event, double strength) {
    double costs = factor(0.1);
    double rates = factor(0.05);
    double whole = places.stream().mapToDouble(place -> place.cost() * place.rate()).sum();
    List<Cell> cells = new ArrayList<>();
    for (Place place : places) {
      boolean struck =
          event == Event.ALL || segment.equals(place.labels().getOrDefault(dimension, "-"));
      double cost =
          place.cost() * costs * factor(0.05) * (struck && event == Event.SHIFT ? strength : 1);
      double rate = place.rate() * rates * (struck && event != Event.SHIFT ? strength : 1);
      cells.add(
          new Cell(
              place.labels(),
              new Amounts(
                  cost * 10 * conversions / whole, poisson(cost * rate * conversions / whole))));
    }
    return cells;
  }

  private double poisson(double mean) {
    if (mean > LARGE) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
