package dev.segue.plugins.campaignmodels.variants;

/**
 * How much the days so far speak against two variants being equally good, in a measure that may be
 * looked at after every day.
 *
 * <p>For each day the probability of its counts under two rates, guessed from the days before, is
 * divided by their probability under the one rate between them. If the variants are equally good,
 * such a ratio is below 1 on average, whatever their common rate is on that day; so the product
 * over the days ever reaches {@code 1/alpha} with a probability of at most {@code alpha} (Ville
 * 1939), however often anybody looks and whenever they stop. The ratio is the E-variable for two
 * streams of Turner, Ly and Grünwald, "Generic E-variables for exact sequential k-sample tests that
 * allow for optional stopping" (2021, arXiv 2106.02693). Not thread-safe.
 */
public final class Evidence {

  private Counts first = Counts.NONE;
  private Counts second = Counts.NONE;
  private double log;
  private double highest;

  /** Adds one day. */
  public void add(Counts ofFirst, Counts ofSecond) {
    long trials = ofFirst.trials() + ofSecond.trials();
    if (trials > 0 && first.trials() + second.trials() > 0) {
      double a = guess(first);
      double b = guess(second);
      double between = (ofFirst.trials() * a + ofSecond.trials() * b) / trials;
      log += ratio(ofFirst, a, between) + ratio(ofSecond, b, between);
      highest = Math.max(highest, log);
    }
    first = first.plus(ofFirst);
    second = second.plus(ofSecond);
  }

  /** The rate so far, with one success at the common rate added. */
  private double guess(Counts own) {
    Counts all = first.plus(second);
    double common = (all.successes() + 0.5) / (all.trials() + 1.0);
    return (own.successes() + 1) / (own.trials() + 1 / common);
  }

  private static double ratio(Counts counts, double rate, double between) {
    return counts.successes() * Math.log(rate / between)
        + (counts.trials() - counts.successes()) * (Math.log1p(-rate) - Math.log1p(-between));
  }

  /**
   * The most that the evidence has been after any day.
   *
   * @return at least 1; reaches 20 in at most one of 20 pairs that are equally good
   */
  public double highest() {
    return Math.exp(Math.min(highest, 700));
  }
}
