package dev.segue.plugins.campaignmodels.evaluate;

import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice;
import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice.Advice;
import dev.segue.plugins.campaignmodels.targeting.SegmentCounts;
import dev.segue.plugins.campaignmodels.targeting.Targeting;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up audiences of which one segment may differ.
 *
 * @param audiences how many
 * @param segments in each, with different shares of the cost
 * @param conversions of the whole audience, expected
 * @param factor of the first segment's conversions per cost, such as 0.4; 1 for no difference
 */
public record SegmentTrial(int audiences, int segments, double conversions, double factor) {

  /**
   * What came of it.
   *
   * @param found share of audiences in which the first segment got the right advice
   * @param falseAdvice share in which any other segment was to be altered, or the first wrongly
   */
  public record Result(double found, double falseAdvice) {}

  /** Advice by {@link Targeting}. */
  public Result byModel(long seed) {
    Targeting targeting = new Targeting(Targeting.Limits.DEFAULT);
    return play(seed, targeting::weigh);
  }

  /** Advice by the plain ratio: what the eye does. */
  public Result byRatio(long seed) {
    return play(seed, SegmentTrial::plain);
  }

  private interface Way {
    List<SegmentAdvice> weigh(List<SegmentCounts> segments);
  }

  private Result play(long seed, Way way) {
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < audiences; i++) {
      List<SegmentAdvice> advice = way.weigh(audience(new Chance(seed + i)));
      found += advice.stream().anyMatch(one -> isRight(one)) ? 1 : 0;
      wrong +=
          advice.stream().anyMatch(one -> one.advice() != Advice.KEEP && !isRight(one)) ? 1 : 0;
    }
    return new Result((double) found / audiences, (double) wrong / audiences);
  }

  private boolean isRight(SegmentAdvice one) {
    return one.counts().segment().equals("s0")
        && ((factor < 1 && one.advice() == Advice.NARROW)
            || (factor > 1 && one.advice() == Advice.WIDEN));
  }

  private List<SegmentCounts> audience(Chance chance) {
    double[] cost = new double[segments];
    double total = 0;
    for (int i = 0; i < segments; i++) {
      cost[i] = 100 * chance.factor(0.5);
      total += cost[i];
    }
    List<SegmentCounts> all = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      double mean = conversions * cost[i] / total * (i == 0 ? factor : 1);
      all.add(new SegmentCounts("s" + i, cost[i], chance.poisson(mean)));
    }
    return all;
  }

  private static List<SegmentAdvice> plain(List<SegmentCounts> segments) {
    double cost = segments.stream().mapToDouble(SegmentCounts::cost).sum();
    double conversions = segments.stream().mapToDouble(SegmentCounts::conversions).sum();
    return segments.stream()
        .map(
            segment -> {
              double rest = (conversions - segment.conversions()) / (cost - segment.cost());
              double ratio = segment.conversions() / segment.cost() / rest;
              Advice advice =
                  ratio < 0.7 ? Advice.NARROW : ratio > 1.33 ? Advice.WIDEN : Advice.KEEP;
              return new SegmentAdvice(segment, ratio, 0, advice);
            })
        .toList();
  }
}
