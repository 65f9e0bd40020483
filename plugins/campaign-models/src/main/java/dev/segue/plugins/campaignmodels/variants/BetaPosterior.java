package dev.segue.plugins.campaignmodels.variants;

/**
 * What is believed of a rate after some trials: a Beta distribution.
 *
 * @param alpha successes and the prior's, above 0
 * @param beta failures and the prior's, above 0
 */
public record BetaPosterior(double alpha, double beta) {

  private static final int MOST_TERMS = 100_000;
  private static final double TINY = 1e-300;
  private static final double PRECISION = 1e-14;

  /** Refuses parameters that no Beta distribution has. */
  public BetaPosterior {
    if (!(alpha > 0 && beta > 0 && Double.isFinite(alpha + beta))) {
      throw new IllegalArgumentException(
          "a Beta distribution needs two finite numbers above 0, not " + alpha + " and " + beta);
    }
  }

  /** Begins with the uniform prior and adds what was seen. */
  public static BetaPosterior of(Counts counts) {
    return new BetaPosterior(1.0 + counts.successes(), 1.0 + counts.trials() - counts.successes());
  }

  /** The mean. */
  public double mean() {
    return alpha / (alpha + beta);
  }

  /**
   * The probability that the rate is at most x: the regularized incomplete beta function, by its
   * continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22).
   */
  public double cdf(double x) {
    if (x <= 0) {
      return 0;
    }
    if (x >= 1) {
      return 1;
    }
    double front = Math.exp(logDensityFactor(x));
    return x < (alpha + 1) / (alpha + beta + 2)
        ? front * fraction(alpha, beta, x) / alpha
        : 1 - front * fraction(beta, alpha, 1 - x) / beta;
  }

  /** The density at x, for x between 0 and 1, both exclusive. */
  public double density(double x) {
    return Math.exp(logDensityFactor(x)) / (x * (1 - x));
  }

  /**
   * The rate below which the truth lies with a probability.
   *
   * @param probability above 0, below 1
   */
  public double quantile(double probability) {
    double low = 0;
    double high = 1;
    while (high - low > 1e-15 + 1e-12 * low) {
      double middle = (low + high) / 2;
      if (cdf(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private double logDensityFactor(double x) {
    return logGamma(alpha + beta)
        - logGamma(alpha)
        - logGamma(beta)
        + alpha * Math.log(x)
        + beta * Math.log1p(-x);
  }

  /** Lentz's way to evaluate a continued fraction from its front. */
  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double step = d * c;
      value *= step;
      if (Math.abs(step - 1) < PRECISION) {
        return value;
      }
    }
    throw new ArithmeticException(
        "the incomplete beta function of " + a + ", " + b + " at " + x + " doesn't converge");
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** Stirling's series after a shift to arguments where it is exact enough (DLMF 5.11.1). */
  static double logGamma(double x) {
    double shifted = x;
    double product = 1;
    while (shifted < 12) {
      product *= shifted;
      shifted++;
    }
    double inverse = 1 / shifted;
    double square = inverse * inverse;
    double series =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    return (shifted - 0.5) * Math.log(shifted)
        - shifted
        + 0.5 * Math.log(2 * Math.PI)
        + series
        - Math.log(product);
  }
}
