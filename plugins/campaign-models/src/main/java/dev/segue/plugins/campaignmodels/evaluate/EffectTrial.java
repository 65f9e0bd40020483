package dev.segue.plugins.campaignmodels.evaluate;

import dev.segue.plugins.campaignmodels.effect.ControlledEffect;
import dev.segue.plugins.campaignmodels.effect.ControlledEffect.Verdict;

/**
 * Made-up changes of known effect, with a market that grows or shrinks for all at the same time.
 *
 * @param changes how many
 * @param days before and after
 * @param perDay conversions of each side, expected
 * @param effect the true ratio, such as 0.8
 */
public record EffectTrial(int changes, int days, double perDay, double effect) {

  private static final double DAY_NOISE = 0.1;

  /**
   * What came of it.
   *
   * @param covered share of intervals that hold the true effect
   * @param worse share of verdicts that the change made it worse
   * @param better share of verdicts that it made it better
   */
  public record Result(double covered, double worse, double better) {}

  /** Beside a control. */
  public Result withControl(long seed) {
    return play(seed, true);
  }

  /** Before and after alone: what the eye does. */
  public Result withoutControl(long seed) {
    return play(seed, false);
  }

  private Result play(long seed, boolean control) {
    int covered = 0;
    int worse = 0;
    int better = 0;
    for (int i = 0; i < changes; i++) {
      Chance chance = new Chance(seed + i);
      double market = chance.factor(0.15);
      double[] before = days(chance, 1);
      double[] after = days(chance, market * effect);
      double[] controlBefore = days(chance, 1);
      double[] controlAfter = days(chance, market);
      ControlledEffect measured =
          ControlledEffect.measure(
                  before,
                  after,
                  control ? controlBefore : constant(),
                  control ? controlAfter : constant())
              .orElseThrow();
      covered += measured.low() <= effect && effect <= measured.high() ? 1 : 0;
      worse += measured.verdict() == Verdict.WORSE ? 1 : 0;
      better += measured.verdict() == Verdict.BETTER ? 1 : 0;
    }
    return new Result(
        (double) covered / changes, (double) worse / changes, (double) better / changes);
  }

  private double[] days(Chance chance, double factor) {
    double[] days = new double[this.days];
    for (int i = 0; i < days.length; i++) {
      days[i] = chance.poisson(perDay * factor * chance.factor(DAY_NOISE));
    }
    return days;
  }

  /** A control so large that it neither moves nor adds doubt. */
  private static double[] constant() {
    return new double[] {1e12, 1e12, 1e12};
  }
}
