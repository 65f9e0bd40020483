package dev.segue.plugins.alertanalysis.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the few segments of one dimension that explain a difference, or says that none do.
 *
 * <p>As Adtributor (Bhagwan and others, NSDI 2014) does: within a dimension, the segments whose
 * share of the whole moved furthest, as long as each explains a tenth of the difference, until they
 * explain two thirds of it together. Beyond it, a set must explain clearly more than it would if
 * all had moved alike, and more than ordinary spans differ: where everything moves, or nothing but
 * chance does, there is no cause to name. Of several dimensions, the one that takes fewest segments
 * comes first, then the one that moved furthest, then the coarsest. Thread-safe.
 *
 * @param rule when a set explains
 */
public record CauseSearch(Rule rule) {

  /**
   * When a set of segments explains a difference.
   *
   * @param share what of the difference it has at least
   * @param shareOfEach what each of its segments has at least
   * @param most at most so many segments
   * @param beyondAlike how much of the way from the share that it has if all move alike to the
   *     whole
   * @param timesNoise how many times as much as between ordinary spans
   */
  public record Rule(
      double share, double shareOfEach, int most, double beyondAlike, double timesNoise) {

    /** Shares as published; the rest chosen on made-up worlds. */
    public static final Rule DEFAULT = new Rule(0.67, 0.1, 3, 0.5, 3.5);
  }

  private static final double NEARLY_ALL = 0.8;
  private static final int FEWEST_SPANS = 3;

  /**
   * Searches.
   *
   * @param spans ordinary spans as long as the one after; at least one
   * @param after the span to explain
   * @return what explains it, the best first; empty if nothing does
   */
  public List<Cause> causes(Measure measure, List<List<Cell>> spans, List<Cell> after) {
    Breakdown breakdown = Breakdown.beside(measure, spans, after);
    Contributions whole = breakdown.whole();
    if (!whole.isDefined() || whole.total() == 0) {
      return List.of();
    }
    List<Breakdown> ordinary = ordinary(measure, spans);
    List<Cause> causes = new ArrayList<>();
    for (String dimension : breakdown.dimensions()) {
      fewest(breakdown.parts(dimension))
          .filter(part -> isLoud(part, dimension, breakdown, ordinary))
          .ifPresent(
              part -> causes.add(new Cause(dimension, part, within(breakdown, dimension, part))));
    }
    causes.sort(
        Comparator.comparingInt((Cause cause) -> cause.part().segments().size())
            .thenComparing(cause -> -Math.rint(1e9 * cause.part().surprise()))
            .thenComparing(cause -> breakdown.parts(cause.dimension()).size())
            .thenComparing(Cause::dimension));
    return causes;
  }

  /** Each span beside the mean of the others. */
  private static List<Breakdown> ordinary(Measure measure, List<List<Cell>> spans) {
    if (spans.size() < FEWEST_SPANS) {
      return List.of();
    }
    List<Breakdown> found = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      List<List<Cell>> others = new ArrayList<>(spans);
      List<Cell> one = others.remove(i);
      Breakdown beside = Breakdown.beside(measure, others, one);
      if (beside.whole().isDefined()) {
        found.add(beside);
      }
    }
    return found;
  }

  private Optional<Part> fewest(List<Part> parts) {
    List<Part> byMove =
        parts.stream()
            .filter(part -> part.share() >= rule.shareOfEach())
            .sorted(Comparator.comparingDouble((Part part) -> -part.surprise()))
            .limit(rule.most())
            .toList();
    Part set = null;
    for (Part part : byMove) {
      set = set == null ? part : set.and(part);
      if (explains(set) && set.segments().size() < parts.size()) {
        return Optional.of(set);
      }
    }
    return Optional.empty();
  }

  private boolean explains(Part set) {
    double alike = Math.clamp(set.shareIfAlike(), 0, 1);
    return set.share() >= rule.share() && set.share() - alike >= rule.beyondAlike() * (1 - alike);
  }

  /**
   * Whether what a part has beyond moving alike is louder than between ordinary spans. That grows
   * with the figure and with the square root of a segment's weight, so that all segments of the
   * dimension tell how much is ordinary.
   */
  private boolean isLoud(
      Part set, String dimension, Breakdown breakdown, List<Breakdown> ordinary) {
    double squares = 0;
    int count = 0;
    for (Breakdown one : ordinary) {
      for (Part part : one.parts(dimension)) {
        double weight = one.whole().weight(part.before(), part.after());
        if (weight > 0) {
          double beyond = beyond(part, one.whole());
          squares += beyond * beyond / weight;
          count++;
        }
      }
    }
    double weight = breakdown.whole().weight(set.before(), set.after());
    return count == 0
        || Math.abs(beyond(set, breakdown.whole()))
            >= rule.timesNoise() * Math.sqrt(weight * squares / count);
  }

  /** What a part has beyond its share if all move alike, in parts of the figure. */
  private static double beyond(Part part, Contributions whole) {
    return (part.contribution() - part.shareIfAlike() * whole.total()) / whole.middle();
  }

  private static Map<String, String> within(Breakdown breakdown, String dimension, Part set) {
    Contributions whole = breakdown.whole();
    Breakdown inside = breakdown.only(dimension, set.segments());
    Map<String, String> within = new HashMap<>();
    for (String other : breakdown.dimensions()) {
      if (other.equals(dimension)) {
        continue;
      }
      List<Part> parts = inside.parts(other);
      for (Part part : parts) {
        double share = whole.of(part.before(), part.after()) / set.contribution();
        double alike =
            set.before().numerator() == 0
                ? 0
                : part.before().numerator() / set.before().numerator();
        boolean stands = parts.size() == 1 || share - alike >= (1 - alike) / 2;
        if (share >= NEARLY_ALL && stands && !part.segments().getFirst().isEmpty()) {
          within.put(other, part.segments().getFirst());
        }
      }
    }
    return within;
  }
}
