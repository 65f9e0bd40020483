package dev.segue.plugins.campaignmodels.evaluate;

import java.util.SplittableRandom;

/** Draws that repeat with their seed. Not thread-safe. */
final class Chance {

  private static final double LARGE = 60;

  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A factor about 1 whose logarithm has this spread. */
  double factor(double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  /** How many of so many trials work, trial by trial. */
  long binomial(long trials, double rate) {
    long successes = 0;
    for (long i = 0; i < trials; i++) {
      if (random.nextDouble() < rate) {
        successes++;
      }
    }
    return successes;
  }

  /** A count with this mean; by the normal distribution where that is as good. */
  long poisson(double mean) {
    if (mean > LARGE) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    long count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
