package dev.segue.plugins.alertanalysis;

import java.time.Instant;
import java.util.SortedMap;

/** How two series go together. */
final class Correlation {

  private static final int LEAST = 10;

  private Correlation() {}

  /** Pearson's coefficient over the times that both have; NaN for fewer than ten or none. */
  static double of(SortedMap<Instant, Double> one, SortedMap<Instant, Double> other) {
    double[] sums = new double[5];
    int count = 0;
    for (var entry : one.entrySet()) {
      Double y = other.get(entry.getKey());
      if (y != null) {
        double x = entry.getValue();
        sums[0] += x;
        sums[1] += y;
        sums[2] += x * x;
        sums[3] += y * y;
        sums[4] += x * y;
        count++;
      }
    }
    if (count < LEAST) {
      return Double.NaN;
    }
    double covariance = sums[4] - sums[0] * sums[1] / count;
    double spreads =
        Math.sqrt(
            Math.max(0, sums[2] - sums[0] * sums[0] / count)
                * Math.max(0, sums[3] - sums[1] * sums[1] / count));
    return spreads == 0 ? Double.NaN : Math.clamp(covariance / spreads, -1, 1);
  }
}
