package dev.segue.plugins.campaignmodels.variants;

/**
 * When a variant counts as better or worse than the baseline.
 *
 * @param falseWinners the share of tests without any difference that may name a winner, over all
 *     looks; 0.001 to 0.5
 * @param leastTrials fewer trials of either variant decide nothing; at least 1
 * @param leastDays fewer days with trials decide nothing; at least 1
 * @param mostLoss a winner's expected loss against the best other variant, as a share of its own
 *     rate, may be at most this; 0 to 1
 */
public record Rule(double falseWinners, long leastTrials, int leastDays, double mostLoss) {

  /** Five in a hundred, a thousand trials, a week, one percent. */
  public static final Rule DEFAULT = new Rule(0.05, 1000, 7, 0.01);

  /** Refuses limits out of range. */
  public Rule {
    if (!(falseWinners >= 0.001 && falseWinners <= 0.5)) {
      throw new IllegalArgumentException("falseWinners must be 0.001 to 0.5, not " + falseWinners);
    }
    if (leastTrials < 1 || leastDays < 1) {
      throw new IllegalArgumentException("leastTrials and leastDays must be at least 1");
    }
    if (!(mostLoss >= 0 && mostLoss <= 1)) {
      throw new IllegalArgumentException("mostLoss must be 0 to 1, not " + mostLoss);
    }
  }
}
