package dev.segue.plugins.campaignmodels.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.campaignmodels.evaluate.VariantTrial.Course;
import dev.segue.plugins.campaignmodels.evaluate.VariantTrial.Market;
import dev.segue.plugins.campaignmodels.variants.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Made-up tests without and with a difference; each draw repeats with its seed. */
class VariantTrialTest {

  @Test
  void namesFewWinnersAmongEqualsThoughSomebodyLooksEveryDay() {
    VariantTrial equals =
        new VariantTrial(2000, Course.daily(28, Market.STEADY), 500, 0.05, List.of(0.0));
    assertThat(equals.byRule(Rule.DEFAULT, 1).decided()).isLessThanOrEqualTo(0.05);
    assertThat(equals.byDailyProbability(Rule.DEFAULT, 1).decided()).isGreaterThan(0.2);
  }

  @Test
  void namesFewWinnersAlsoWhenWeekdaysDifferAndSeveralVariantsRun() {
    VariantTrial equals =
        new VariantTrial(
            2000, Course.daily(28, Market.WEEKDAYS), 300, 0.04, List.of(0.0, 0.0, 0.0));
    assertThat(equals.byRule(Rule.DEFAULT, 7).decided()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void findsADifferenceThatIsThere() {
    VariantTrial lifted =
        new VariantTrial(300, Course.daily(28, Market.WEEKDAYS), 1000, 0.05, List.of(0.25));
    VariantTrial.Result result = lifted.byRule(Rule.DEFAULT, 3);
    assertThat(result.right()).isGreaterThan(0.8);
    assertThat(result.decided() - result.right()).isLessThan(0.01);
  }

  @Test
  void findsOutWhoIsWorseAmongThoseThatJoinWhileRatesRise() {
    Course course = new Course(56, 7, 28, Market.RISING);
    VariantTrial worse = new VariantTrial(300, course, 2000, 0.05, List.of(-0.2));
    VariantTrial.Result result = worse.byRule(Rule.DEFAULT, 3);
    assertThat(result.right()).isGreaterThan(0.8);
    assertThat(result.decided() - result.right()).isLessThan(0.01);
  }

  @Test
  void namesFewWinnersAmongEqualsInAYearOfWeeklyLooks() {
    VariantTrial together = new VariantTrial(1000, Course.weekly(0), 200, 0.05, List.of(0.0));
    assertThat(together.byRule(Rule.DEFAULT, 1).decided()).isLessThanOrEqualTo(0.05);
    assertThat(together.bySlidingDays(Rule.DEFAULT, 1, 28).decided()).isGreaterThan(0.05);
    VariantTrial joining =
        new VariantTrial(1000, Course.weekly(56), 200, 0.05, List.of(0.0, 0.0, 0.0));
    assertThat(joining.byRule(Rule.DEFAULT, 1).decided()).isLessThanOrEqualTo(0.05);
  }
}
