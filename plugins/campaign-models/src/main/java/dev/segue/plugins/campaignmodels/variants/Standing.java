package dev.segue.plugins.campaignmodels.variants;

import java.util.List;

/**
 * How several rates stand to each other, by integrating over their posteriors on a grid: no chance
 * is involved, so the same counts give the same figures.
 */
final class Standing {

  private static final int POINTS = 2000;
  private static final double TAIL = 1e-7;

  private final List<BetaPosterior> posteriors;
  private final double low;
  private final double step;
  private final double[][] cdf;

  Standing(List<BetaPosterior> posteriors) {
    this.posteriors = List.copyOf(posteriors);
    low = posteriors.stream().mapToDouble(p -> p.quantile(TAIL)).min().orElse(0);
    double high = posteriors.stream().mapToDouble(p -> p.quantile(1 - TAIL)).max().orElse(1);
    step = (high - low) / POINTS;
    cdf = new double[posteriors.size()][POINTS + 1];
    for (int i = 0; i < cdf.length; i++) {
      for (int k = 0; k <= POINTS; k++) {
        cdf[i][k] = posteriors.get(i).cdf(low + k * step);
      }
    }
  }

  /** The probability that a rate is the highest. */
  double probabilityBest(int which) {
    double sum = 0;
    for (int k = 0; k < POINTS; k++) {
      double others = 1;
      for (int i = 0; i < cdf.length; i++) {
        if (i != which) {
          others *= (cdf[i][k] + cdf[i][k + 1]) / 2;
        }
      }
      sum += (cdf[which][k + 1] - cdf[which][k]) * others;
    }
    return Math.min(1, sum);
  }

  /** The mean of the highest rate less this rate's mean; never below 0. */
  double expectedLoss(int which) {
    double highest = low;
    for (int k = 0; k < POINTS; k++) {
      highest += step * (1 - (allBelow(k) + allBelow(k + 1)) / 2);
    }
    return Math.max(0, highest - posteriors.get(which).mean());
  }

  private double allBelow(int point) {
    double product = 1;
    for (double[] own : cdf) {
      product *= own[point];
    }
    return product;
  }
}
