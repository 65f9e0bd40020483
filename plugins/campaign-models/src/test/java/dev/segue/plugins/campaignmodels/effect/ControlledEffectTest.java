package dev.segue.plugins.campaignmodels.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.plugins.campaignmodels.effect.ControlledEffect.Verdict;
import org.junit.jupiter.api.Test;

class ControlledEffectTest {

  private static double[] days(double value) {
    return new double[] {value, value, value, value, value, value, value};
  }

  @Test
  void takesTheMarketOut() {
    ControlledEffect effect =
        ControlledEffect.measure(days(100), days(120), days(100), days(120)).orElseThrow();
    assertThat(effect.ratio()).isCloseTo(1, within(1e-9));
    assertThat(effect.verdict()).isEqualTo(Verdict.UNCLEAR);
  }

  @Test
  void saysWhatIsSureAndOnlyThat() {
    assertThat(verdict(100, 60, 100, 100)).isEqualTo(Verdict.WORSE);
    assertThat(verdict(100, 170, 100, 100)).isEqualTo(Verdict.BETTER);
    assertThat(verdict(2, 1, 2, 2)).isEqualTo(Verdict.UNCLEAR);
  }

  private static Verdict verdict(double before, double after, double then, double now) {
    return ControlledEffect.measure(days(before), days(after), days(then), days(now))
        .orElseThrow()
        .verdict();
  }

  @Test
  void measuresNothingOutOfNothing() {
    assertThat(ControlledEffect.measure(days(0), days(1), days(1), days(1))).isEmpty();
    assertThat(ControlledEffect.measure(new double[] {1, 2}, days(1), days(1), days(1))).isEmpty();
  }
}
