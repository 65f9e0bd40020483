package dev.segue.plugins.campaignmodels.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.campaignmodels.variants.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Made-up tests without and with a difference; each draw repeats with its seed. */
class VariantTrialTest {

  @Test
  void namesFewWinnersAmongEqualsThoughSomebodyLooksEveryDay() {
    VariantTrial equals = new VariantTrial(2000, 28, 500, 0.05, List.of(0.0), false);
    assertThat(equals.byRule(Rule.DEFAULT, 1).decided()).isLessThanOrEqualTo(0.05);
    assertThat(equals.byDailyProbability(Rule.DEFAULT, 1).decided()).isGreaterThan(0.2);
  }

  @Test
  void namesFewWinnersAlsoWhenWeekdaysDifferAndSeveralVariantsRun() {
    VariantTrial equals = new VariantTrial(2000, 28, 300, 0.04, List.of(0.0, 0.0, 0.0), true);
    assertThat(equals.byRule(Rule.DEFAULT, 7).decided()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void findsADifferenceThatIsThere() {
    VariantTrial lifted = new VariantTrial(300, 28, 1000, 0.05, List.of(0.25), true);
    VariantTrial.Result result = lifted.byRule(Rule.DEFAULT, 3);
    assertThat(result.right()).isGreaterThan(0.8);
    assertThat(result.decided() - result.right()).isLessThan(0.01);
  }
}
