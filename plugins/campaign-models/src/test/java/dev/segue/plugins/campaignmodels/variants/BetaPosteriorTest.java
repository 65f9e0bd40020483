package dev.segue.plugins.campaignmodels.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BetaPosteriorTest {

  @Test
  void agreesWithClosedForms() {
    // Beta(2, 3): 6x² - 8x³ + 3x⁴. Beta(1, n): 1 - (1 - x)ⁿ. Beta(½, ½): the arcsine law.
    assertThat(new BetaPosterior(2, 3).cdf(0.3)).isCloseTo(0.3483, within(1e-12));
    assertThat(new BetaPosterior(1, 50).cdf(0.02)).isCloseTo(1 - Math.pow(0.98, 50), within(1e-12));
    assertThat(new BetaPosterior(0.5, 0.5).cdf(0.2))
        .isCloseTo(2 / Math.PI * Math.asin(Math.sqrt(0.2)), within(1e-12));
    assertThat(new BetaPosterior(2, 3).density(0.3)).isCloseTo(12 * 0.3 * 0.49, within(1e-12));
  }

  @Test
  void invertsItselfAlsoForMillionsOfTrials() {
    for (BetaPosterior beta :
        new BetaPosterior[] {
          new BetaPosterior(1, 1), new BetaPosterior(12, 90_000), new BetaPosterior(5e4, 2e6)
        }) {
      for (double p : new double[] {1e-6, 0.025, 0.5, 0.975}) {
        assertThat(beta.cdf(beta.quantile(p))).isCloseTo(p, within(1e-6));
      }
    }
  }

  @Test
  void hasItsEnds() {
    assertThat(new BetaPosterior(2, 3).cdf(-1)).isZero();
    assertThat(new BetaPosterior(2, 3).cdf(2)).isEqualTo(1);
    assertThatThrownBy(() -> new BetaPosterior(0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new BetaPosterior(1, Double.NaN)).hasMessageContaining("finite");
  }

  @Test
  void knowsTheGammaFunction() {
    assertThat(BetaPosterior.logGamma(1)).isCloseTo(0, within(1e-12));
    assertThat(BetaPosterior.logGamma(11)).isCloseTo(Math.log(3_628_800), within(1e-11));
    assertThat(BetaPosterior.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-12));
  }
}
