package dev.segue.plugins.alertanalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.plugins.alertanalysis.Explanation.Named;
import dev.segue.plugins.alertanalysis.cause.Amounts;
import org.junit.jupiter.api.Test;

/** Where figures are expected without the segment that explains a move, or with less of it. */
class ExpectedEffectTest {

  private static double width(Named cause) {
    return Math.log(
            cause.withoutHigh().orElseThrow().doubleValue()
                / cause.withoutLow().orElseThrow().doubleValue())
        / (2 * 1.2816);
  }

  @Test
  void aRateIsAsUncertainAsTheFewerOfItsEvents() {
    Explanation rate =
        ThreeCampaigns.explain(
            "ad_conversions", "ad_clicks", new Amounts(200, 5000), new Amounts(60, 5000));
    assertThat(width(ThreeCampaigns.cause(rate))).isCloseTo(1 / Math.sqrt(400), within(0.001));
  }

  @Test
  void aCostPerConversionIsAsUncertainAsItsConversions() {
    Explanation cost =
        ThreeCampaigns.explain("cost", "conversions", new Amounts(600, 200), new Amounts(600, 60));
    assertThat(width(ThreeCampaigns.cause(cost))).isCloseTo(1 / Math.sqrt(400), within(0.001));
  }

  @Test
  void aReturnCountsNoEventsAndClaimsNoInterval() {
    Explanation figure =
        ThreeCampaigns.explain("revenue", "cost", new Amounts(4000, 1000), new Amounts(1000, 1000));
    Named cause = ThreeCampaigns.cause(figure);
    assertThat(cause.without()).hasValueSatisfying(it -> assertThat(it).isEqualByComparingTo("4"));
    assertThat(cause.withoutLow()).isEmpty();
    Estimate estimate = Estimate.without(3, cause);
    assertThat(estimate.low()).isEqualTo(3);
    assertThat(estimate.high()).isEqualTo(4);
  }

  @Test
  void lessOfWhatReturnsLittleRaisesTheReturn() {
    Explanation figure =
        ThreeCampaigns.explain("revenue", "cost", new Amounts(4000, 1000), new Amounts(1000, 1000));
    // 20 % less of lunch: 8800 of revenue by 2800 of cost.
    Estimate estimate = Estimate.cut(3, ThreeCampaigns.cause(figure), 0.2, false);
    assertThat(estimate.low()).isEqualTo(3);
    assertThat(estimate.high()).isCloseTo(8800.0 / 2800, within(0.01));
  }

  @Test
  void lessOfWhatCostsTooMuchLowersTheCostPerConversion() {
    Explanation figure =
        ThreeCampaigns.explain("cost", "conversions", new Amounts(600, 200), new Amounts(600, 60));
    double after = 1800.0 / 460;
    // 20 % less of lunch: 1680 of cost by 448 conversions, or by all 460.
    Estimate estimate = Estimate.cut(after, ThreeCampaigns.cause(figure), 0.2, true);
    assertThat(estimate.low()).isCloseTo(1680.0 / 460, within(0.01));
    assertThat(estimate.high()).isCloseTo(1680.0 / 448, within(0.01));
  }
}
