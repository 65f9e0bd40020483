package dev.segue.plugins.campaignmodels.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final BigDecimal STEP = new BigDecimal("0.2");

  private final Allocation allocation = new Allocation(2);

  private static CampaignBudget campaign(
      String id, String now, String floor, String ceiling, double most, double half) {
    return new CampaignBudget(
        id,
        new BigDecimal(now),
        new BigDecimal(floor),
        new BigDecimal(ceiling),
        new ResponseCurve(most, half));
  }

  @Test
  void givesTheNextUnitOfCostTheSameYieldEverywhere() throws Exception {
    List<CampaignBudget> campaigns =
        List.of(
            campaign("a", "100", "0", "500", 30, 80), campaign("b", "100", "0", "500", 40, 150));
    Map<String, BigDecimal> spread =
        allocation.spread(campaigns, new BigDecimal("200.00"), BigDecimal.ONE);
    assertThat(campaigns.get(0).curve().slope(spread.get("a").doubleValue()))
        .isCloseTo(campaigns.get(1).curve().slope(spread.get("b").doubleValue()), within(1e-4));
  }

  @Test
  void keepsTheTotalToTheCoinAndEveryLimitWhateverComes() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int world = 0; world < 500; world++) {
      List<CampaignBudget> campaigns = new ArrayList<>();
      BigDecimal total = BigDecimal.ZERO;
      for (int i = 0; i < 1 + world % 9; i++) {
        BigDecimal now = BigDecimal.valueOf(random.nextInt(1, 30_000), 2);
        total = total.add(now);
        double most = world % 7 == 0 ? 0 : random.nextDouble(100);
        campaigns.add(
            new CampaignBudget(
                "c" + i,
                now,
                now.multiply(new BigDecimal("0.5")),
                now.multiply(new BigDecimal("1.1")),
                new ResponseCurve(most, random.nextDouble(1, 500))));
      }
      Map<String, BigDecimal> spread = allocation.spread(campaigns, total, STEP);
      assertThat(spread.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(total);
      for (CampaignBudget campaign : campaigns) {
        assertThat(spread.get(campaign.id()))
            .isBetween(
                campaign.now().multiply(new BigDecimal("0.8")),
                campaign.now().multiply(new BigDecimal("1.1")));
      }
    }
  }

  @Test
  void namesTheLimitThatCannotBeKept() {
    assertRefused("limits[a].floor", "150", campaign("a", "100", "150", "500", 1, 1));
    assertRefused("limits[a].ceiling", "50", campaign("a", "100", "0", "50", 1, 1));
    assertRefused("limits[a].ceiling", "below the floor", campaign("a", "100", "90", "80", 1, 1));
    assertRefused("limits[a].floor", "below 0", campaign("a", "100", "-1", "80", 1, 1));
    assertThatThrownBy(
            () ->
                allocation.spread(
                    List.of(campaign("a", "100", "0", "200", 1, 1)), new BigDecimal("300"), STEP))
        .isInstanceOfSatisfying(
            LimitsException.class, e -> assertThat(e.field()).isEqualTo("total"))
        .hasMessageContaining("120.00 at most");
  }

  private void assertRefused(String field, String words, CampaignBudget campaign) {
    assertThatThrownBy(() -> allocation.spread(List.of(campaign), campaign.now(), STEP))
        .isInstanceOfSatisfying(LimitsException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(words);
  }
}
