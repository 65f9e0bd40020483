package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.store.CampaignData.CampaignDay;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Proposes how to spread the daily budgets over campaigns. */
@StepInfo(
    name = "plan-budgets",
    title = "Spread budgets",
    description =
        "Fits a response curve to each campaign's past days and moves money to where the next unit"
            + " brings most, within floors, ceilings and the greatest step. The total stays as it"
            + " is. LIMITS_INFEASIBLE names a limit that can't be kept.",
    effect = Effect.READ,
    icon = "budget.svg",
    category = "Campaigns")
final class PlanBudgets implements Step<PlanBudgets.Input, PlanBudgets.Output> {

  /** What a campaign is to bring. */
  enum Goal {
    CONVERSIONS,
    REVENUE;

    BigDecimal of(CampaignDay day) {
      return switch (this) {
        case CONVERSIONS -> day.conversions();
        case REVENUE -> day.revenue();
      };
    }

    String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Input(
      @Field(title = "Campaigns", help = "As the platform keeps them now.", maxLength = 500)
          List<Running> campaigns,
      @Field(title = "Limits", defaultValue = "[]", maxLength = 500) List<Limit> limits,
      @Field(
              title = "Campaigns to hold",
              help = "Left as they are, as a control.",
              defaultValue = "[]",
              maxLength = 500)
          List<String> held,
      @Field(title = "Goal", defaultValue = "CONVERSIONS") Goal goal,
      @Field(title = "Days to learn from", min = 14, max = 365, defaultValue = "42") int days,
      @Field(title = "Last day", help = "Yesterday if empty.") Optional<LocalDate> until,
      @Field(
              title = "Greatest step (%)",
              help = "How far a budget may move at once.",
              min = 0,
              max = 100,
              defaultValue = "20")
          BigDecimal mostStepPercent) {}

  /** A campaign as it runs. */
  record Running(
      @Field(title = "Campaign", minLength = 1, maxLength = 200) String id,
      @Field(title = "Name", maxLength = 200) String name,
      @Field(title = "Daily budget", min = 0) BigDecimal dailyBudget,
      @Field(title = "Runs", defaultValue = "true") boolean active) {}

  /** What people allow for a campaign. */
  record Limit(
      @Field(title = "Campaign", minLength = 1, maxLength = 200) String campaign,
      @Field(title = "Floor", min = 0, defaultValue = "0") BigDecimal floor,
      @Field(title = "Ceiling", help = "None if empty.", min = 0) Optional<BigDecimal> ceiling) {}

  record Output(
      @Field(title = "From") LocalDate from,
      @Field(title = "To") LocalDate to,
      @Field(title = "Currency") String currency,
      @Field(title = "Budgets to change") List<Move> moves,
      @Field(title = "Total of the budgets weighed", help = "Before as after.") BigDecimal total,
      @Field(title = "Expected a day as it is") BigDecimal expectedNow,
      @Field(title = "Expected a day after the moves") BigDecimal expectedAfter,
      @Field(title = "Left alone", help = "Held, paused, or with too few days to learn from.")
          List<String> leftAlone,
      @Field(title = "Summary") String summary) {}

  /** A budget to change. */
  record Move(
      @Field(title = "Campaign") String campaignId,
      @Field(title = "Name") String campaign,
      @Field(title = "From") BigDecimal from,
      @Field(title = "To") BigDecimal to,
      @Field(title = "Floor") BigDecimal floor,
      @Field(title = "Ceiling") BigDecimal ceiling,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    Place.Span span = place.span(input.days(), input.until());
    return new BudgetPlan(input, place.site().currency(), span)
        .of(place.data().campaignDays(span.from(), span.to()));
  }
}
