package dev.segue.plugins.campaignmodels.budget;

import java.util.List;
import java.util.Optional;

/**
 * What a day's budget yields: {@code ceiling * x / (half + x)}, which rises ever more slowly. It is
 * the Hill curve with slope 1, a shape used in marketing mix models (Jin, Wang, Sun, Chan and
 * Koehler, "Bayesian Methods for Media Mix Modeling with Carryover and Shape Effects", Google
 * 2017).
 *
 * @param ceiling the yield that no budget passes, at least 0
 * @param half the cost that yields half of it, above 0
 */
public record ResponseCurve(double ceiling, double half) {

  /** Fewer days with a cost give no curve. */
  public static final int LEAST_DAYS = 7;

  private static final int CANDIDATES = 121;

  /** Candidates lie within this factor of the usual cost, both ways. */
  private static final double WIDEST = 50;

  /** How far, in natural logarithms, the half-way cost usually lies from twice the usual cost. */
  private static final double PRIOR_SPREAD = 1.0;

  /**
   * Fits a curve: the ceiling by likelihood, the half-way cost by posterior mode with a log-normal
   * prior about twice the usual cost, since costs that hardly vary say little of the bend. Yields
   * count as Poisson but for their variance, which is measured.
   *
   * @param days in any order
   * @return the curve, or empty with fewer than {@link #LEAST_DAYS} days of a cost
   */
  public static Optional<ResponseCurve> fit(List<SpendDay> days) {
    List<SpendDay> spent = days.stream().filter(day -> day.cost() > 0).toList();
    if (spent.size() < LEAST_DAYS) {
      return Optional.empty();
    }
    double usual = spent.stream().mapToDouble(SpendDay::cost).sorted().toArray()[spent.size() / 2];
    double dispersion = dispersion(spent, usual);
    ResponseCurve best = candidate(spent, usual);
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      double half = usual * Math.pow(WIDEST, 2.0 * i / (CANDIDATES - 1) - 1);
      ResponseCurve curve = candidate(spent, half);
      double away = Math.log(half / (2 * usual)) / PRIOR_SPREAD;
      double score = curve.logLikelihood(spent) / dispersion - away * away / 2;
      if (score > bestScore) {
        best = curve;
        bestScore = score;
      }
    }
    return Optional.of(best);
  }

  private static ResponseCurve candidate(List<SpendDay> days, double half) {
    double yield = days.stream().mapToDouble(SpendDay::yield).sum();
    double shape = days.stream().mapToDouble(day -> day.cost() / (half + day.cost())).sum();
    return new ResponseCurve(yield / shape, half);
  }

  /** Pearson's statistic per degree of freedom, about a plausible curve; at least a hundredth. */
  private static double dispersion(List<SpendDay> days, double usual) {
    ResponseCurve curve = candidate(days, 2 * usual);
    double sum = 0;
    for (SpendDay day : days) {
      double expected = curve.at(day.cost());
      if (expected > 0) {
        sum += (day.yield() - expected) * (day.yield() - expected) / expected;
      }
    }
    return Math.max(0.01, sum / (days.size() - 2));
  }

  private double logLikelihood(List<SpendDay> days) {
    double sum = 0;
    for (SpendDay day : days) {
      double expected = at(day.cost());
      sum += (day.yield() > 0 ? day.yield() * Math.log(expected) : 0) - expected;
    }
    return sum;
  }

  /** The expected yield of a day with this cost. */
  public double at(double cost) {
    return ceiling * cost / (half + cost);
  }

  /** What one more unit of cost yields at this cost. */
  public double slope(double cost) {
    return ceiling * half / ((half + cost) * (half + cost));
  }

  /** The cost at which one more unit of cost yields so much; below 0 if the slope is never so. */
  double costAtSlope(double slope) {
    return Math.sqrt(ceiling * half / slope) - half;
  }
}
