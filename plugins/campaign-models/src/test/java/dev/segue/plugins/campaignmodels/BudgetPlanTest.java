package dev.segue.plugins.campaignmodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.plugins.campaignmodels.PlanBudgets.Goal;
import dev.segue.plugins.campaignmodels.PlanBudgets.Move;
import dev.segue.plugins.campaignmodels.PlanBudgets.Running;
import dev.segue.plugins.campaignmodels.store.CampaignData.CampaignDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetPlanTest {

  private static final LocalDate LAST = LocalDate.parse("2026-11-20");
  private static final List<String> CAMPAIGNS = List.of("lunch", "dinner", "brunch");

  private static BudgetPlan plan(Goal goal, String... held) {
    List<Running> running =
        CAMPAIGNS.stream().map(id -> new Running(id, id, new BigDecimal("70.00"), true)).toList();
    return new BudgetPlan(
        new PlanBudgets.Input(
            running, List.of(), List.of(held), goal, 28, Optional.empty(), new BigDecimal("20")),
        Currency.getInstance("EUR"),
        new Place.Span(LAST.minusDays(27), LAST));
  }

  /** Conversions, but no revenue: an export without that column. */
  private static List<CampaignDay> days() {
    List<CampaignDay> days = new ArrayList<>();
    for (int i = 0; i < 28; i++) {
      for (String campaign : CAMPAIGNS) {
        days.add(
            new CampaignDay(
                campaign,
                LAST.minusDays(i),
                BigDecimal.valueOf(60 + i),
                BigDecimal.valueOf(campaign.equals("lunch") ? 20 : 5),
                BigDecimal.ZERO));
      }
    }
    return days;
  }

  @Test
  void leavesEveryBudgetAloneIfNothingIsKnownOfTheGoal() {
    PlanBudgets.Output output = plan(Goal.REVENUE, "brunch").of(days());
    assertThat(output.moves()).isEmpty();
    assertThat(output.leftAlone()).containsExactlyElementsOf(CAMPAIGNS);
    assertThat(output.summary())
        .contains("stay as they are", "2026-10-24 to 2026-11-20", "no EUR of revenue");
    assertThat(plan(Goal.CONVERSIONS, "brunch").of(days()).moves())
        .extracting(Move::campaignId)
        .containsExactly("lunch", "dinner");
  }

  @Test
  void refusesToHoldWhatThePlatformDoesNotHave() {
    assertThatThrownBy(() -> plan(Goal.CONVERSIONS, "Brunch").of(days()))
        .hasMessageContaining("held[Brunch]: the platform has no such campaign")
        .hasMessageContaining("lunch, dinner, brunch");
  }
}
