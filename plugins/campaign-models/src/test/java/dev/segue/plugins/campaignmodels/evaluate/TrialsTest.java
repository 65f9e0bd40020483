package dev.segue.plugins.campaignmodels.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.campaignmodels.evaluate.BudgetTrial.Way;
import org.junit.jupiter.api.Test;

/** The models against what the eye does, on made-up data whose effects are known. */
class TrialsTest {

  @Test
  void curvesGainMoreThanProportionsAndLessThanTheTruth() {
    BudgetTrial trial = new BudgetTrial(60, 6, 42, 12);
    BudgetTrial.Result curves = trial.play(Way.CURVES, 1);
    BudgetTrial.Result proportional = trial.play(Way.PROPORTIONAL, 1);
    BudgetTrial.Result truth = trial.play(Way.TRUTH, 1);
    assertThat(curves.gain()).isGreaterThan(proportional.gain()).isGreaterThan(0.02);
    assertThat(truth.gain()).isGreaterThan(curves.gain());
    assertThat(curves.worse()).isLessThan(0.15);
    assertThat(trial.play(Way.KEEP, 1).gain()).isZero();
  }

  @Test
  void targetingFindsABadSegmentAndLeavesEqualsAlone() {
    assertThat(new SegmentTrial(500, 8, 800, 0.3).byModel(1).found()).isGreaterThan(0.8);
    SegmentTrial equals = new SegmentTrial(1000, 8, 400, 1);
    assertThat(equals.byModel(2).falseAdvice()).isLessThanOrEqualTo(0.05);
    assertThat(equals.byRatio(2).falseAdvice()).isGreaterThan(0.2);
  }

  @Test
  void aControlTellsAChangeFromTheMarket() {
    EffectTrial none = new EffectTrial(1000, 14, 40, 1);
    assertThat(none.withControl(1).covered()).isGreaterThan(0.92);
    assertThat(none.withoutControl(1).covered()).isLessThan(0.7);
    assertThat(new EffectTrial(500, 14, 40, 0.75).withControl(1).worse()).isGreaterThan(0.7);
  }
}
