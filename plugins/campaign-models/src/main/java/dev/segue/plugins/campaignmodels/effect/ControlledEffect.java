package dev.segue.plugins.campaignmodels.effect;

import java.util.Optional;

/**
 * The effect of a change as the growth of what was changed over the growth of what was not: a
 * difference in differences of logarithms, with an interval by the delta method for counts whose
 * variance is measured from day to day (Angrist and Pischke, "Mostly Harmless Econometrics", 2009,
 * chapter 5; McCullagh and Nelder, "Generalized Linear Models", 1989, chapter 6). It supposes that
 * both would have grown alike without the change.
 *
 * @param ratio 1.1 is ten percent more than the control lets expect
 * @param low the lower end of the interval
 * @param high the upper end
 * @param verdict what follows
 */
public record ControlledEffect(double ratio, double low, double high, Verdict verdict) {

  /** The fewest days before and after that can be measured. */
  public static final int LEAST_DAYS = 3;

  private static final double NORMAL_975 = 1.959964;

  /** What a measurement says. */
  public enum Verdict {
    /** The interval lies above 1. */
    BETTER,
    /** The interval lies below 1. */
    WORSE,
    /** The interval holds 1. */
    UNCLEAR
  }

  /**
   * Measures.
   *
   * @param changedBefore daily yields of what was changed, before; at least {@link #LEAST_DAYS}
   * @param changedAfter and after
   * @param controlBefore daily yields of the control, on the same days
   * @param controlAfter and after
   * @return the effect, or empty if there are too few days or one side had nothing at all
   */
  public static Optional<ControlledEffect> measure(
      double[] changedBefore,
      double[] changedAfter,
      double[] controlBefore,
      double[] controlAfter) {
    double log = 0;
    double variance = 0;
    double[][] groups = {changedAfter, changedBefore, controlBefore, controlAfter};
    int[] signs = {1, -1, 1, -1};
    for (int i = 0; i < groups.length; i++) {
      double mean = mean(groups[i]);
      if (groups[i].length < LEAST_DAYS || mean <= 0) {
        return Optional.empty();
      }
      log += signs[i] * Math.log(mean);
      variance += variance(groups[i], mean) / (groups[i].length * mean * mean);
    }
    double margin = NORMAL_975 * Math.sqrt(variance);
    double low = Math.exp(log - margin);
    double high = Math.exp(log + margin);
    Verdict verdict = low > 1 ? Verdict.BETTER : high < 1 ? Verdict.WORSE : Verdict.UNCLEAR;
    return Optional.of(new ControlledEffect(Math.exp(log), low, high, verdict));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /** The variance between days; at least that of counts, so that luck can't make it vanish. */
  private static double variance(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.max(mean, sum / (values.length - 1));
  }
}
