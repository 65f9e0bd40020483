package dev.segue.plugins.campaignmodels.targeting;

import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice.Advice;
import dev.segue.plugins.campaignmodels.variants.BetaPosterior;
import java.util.Comparator;
import java.util.List;

/**
 * Says which segments to leave out and which to reach further.
 *
 * <p>Conversions count as Poisson with a rate per cost. With Gamma beliefs about two rates, {@code
 * cost * rate} of one over the sum of both is Beta distributed, so that the probability of a ratio
 * needs no simulation (Gelman et al., "Bayesian Data Analysis", 3rd edition, 2.6 and appendix A).
 * The wanted certainty is divided among the segments, for many segments have many chances to look
 * odd.
 */
public final class Targeting {

  private static final double PRIOR = 0.5;

  private final Limits limits;

  /** Weighs within limits. */
  public Targeting(Limits limits) {
    this.limits = limits;
  }

  /**
   * When a segment stands out.
   *
   * @param worse a segment below this share of the rest's conversions per cost is bad; 0.1 to 1
   * @param better one above this multiple is good; 1 to 10
   * @param certainty how sure it must be over all segments; 0.5 to 0.999
   * @param leastCostShare segments with a smaller share of the cost are left alone; 0 to 1
   * @param mostNarrowed at most this share of the cost is left out at once; 0 to 1
   */
  public record Limits(
      double worse, double better, double certainty, double leastCostShare, double mostNarrowed) {

    /** Seven tenths, four thirds, 95 %, 2 %, 30 %. */
    public static final Limits DEFAULT = new Limits(0.7, 1.33, 0.95, 0.02, 0.3);
  }

  /**
   * Weighs the segments of one audience.
   *
   * @param segments with different names
   * @return one piece of advice per segment, the worst first
   */
  public List<SegmentAdvice> weigh(List<SegmentCounts> segments) {
    double cost = segments.stream().mapToDouble(SegmentCounts::cost).sum();
    double conversions = segments.stream().mapToDouble(SegmentCounts::conversions).sum();
    double[] left = {limits.mostNarrowed() * cost};
    return segments.stream()
        .map(segment -> weigh(segment, cost, conversions, segments.size()))
        .sorted(Comparator.comparingDouble(SegmentAdvice::ratio))
        .map(advice -> within(advice, left))
        .toList();
  }

  private SegmentAdvice weigh(
      SegmentCounts segment, double cost, double conversions, int segments) {
    double restCost = cost - segment.cost();
    double restConversions = conversions - segment.conversions();
    if (segments < 2 || segment.cost() <= 0 || restCost <= 0) {
      return new SegmentAdvice(segment, 1, 0, Advice.KEEP);
    }
    double ratio =
        (segment.conversions() + PRIOR) / segment.cost() * restCost / (restConversions + PRIOR);
    BetaPosterior share = new BetaPosterior(segment.conversions() + PRIOR, restConversions + PRIOR);
    double bad = below(share, limits.worse(), segment.cost() / restCost);
    double good = 1 - below(share, limits.better(), segment.cost() / restCost);
    double needed = 1 - (1 - limits.certainty()) / segments;
    boolean weighty = segment.cost() >= limits.leastCostShare() * cost;
    if (weighty && bad >= needed) {
      return new SegmentAdvice(segment, ratio, bad, Advice.NARROW);
    }
    if (weighty && good >= needed) {
      return new SegmentAdvice(segment, ratio, good, Advice.WIDEN);
    }
    return new SegmentAdvice(segment, ratio, Math.max(bad, good), Advice.KEEP);
  }

  /** The probability that the ratio of the rates is below a limit. */
  private static double below(BetaPosterior share, double limit, double costRatio) {
    double odds = limit * costRatio;
    return share.cdf(odds / (1 + odds));
  }

  private static SegmentAdvice within(SegmentAdvice advice, double[] left) {
    if (advice.advice() != Advice.NARROW) {
      return advice;
    }
    if (advice.counts().cost() > left[0]) {
      return new SegmentAdvice(advice.counts(), advice.ratio(), advice.probability(), Advice.KEEP);
    }
    left[0] -= advice.counts().cost();
    return advice;
  }
}
