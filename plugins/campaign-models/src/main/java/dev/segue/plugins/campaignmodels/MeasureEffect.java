package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.PlanBudgets.Goal;
import dev.segue.plugins.campaignmodels.effect.ControlledEffect;
import dev.segue.plugins.campaignmodels.store.CampaignData;
import dev.segue.plugins.campaignmodels.store.CampaignData.CampaignDay;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Measures what a change of campaigns did, beside campaigns that were left alone. */
@StepInfo(
    name = "measure-effect",
    title = "Measure the effect of a change",
    description =
        "Compares conversions or revenue after a change with those before it, and that growth with"
            + " the growth of campaigns that were left as they were.",
    effect = Effect.READ,
    icon = "measure.svg",
    category = "Campaigns")
final class MeasureEffect implements Step<MeasureEffect.Input, MeasureEffect.Output> {

  /** What the measurement says. */
  enum Verdict {
    BETTER,
    WORSE,
    UNCLEAR,
    /** There is no control, or there are too few days. */
    UNMEASURABLE
  }

  record Input(
      @Field(title = "Changed on", help = "The first day with the change.") LocalDate changedOn,
      @Field(
              title = "Days before and after",
              help = "Fewer after it if they haven't passed.",
              min = 3,
              max = 180,
              defaultValue = "14")
          int days,
      @Field(title = "Control", help = "Campaigns that were left alone.", maxLength = 500)
          List<String> control,
      @Field(
              title = "Applied changes",
              help =
                  "Ids of change sets; only campaigns that they altered are measured. All but the"
                      + " control if empty.",
              defaultValue = "[]",
              maxLength = 100)
          List<String> changed,
      @Field(title = "Goal", help = "What is measured.", defaultValue = "CONVERSIONS") Goal goal) {}

  record Output(
      @Field(title = "Verdict") Verdict verdict,
      @Field(title = "Effect", help = "1.1 is ten percent more than the control lets expect.")
          Optional<BigDecimal> ratio,
      @Field(title = "Lower end (95 %)") Optional<BigDecimal> low,
      @Field(title = "Upper end (95 %)") Optional<BigDecimal> high,
      @Field(title = "Days after the change", min = 0) int daysAfter,
      @Field(title = "Summary") String summary) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    LocalDate from = input.changedOn().minusDays(input.days());
    LocalDate planned = input.changedOn().plusDays(input.days() - 1L);
    LocalDate to = planned.isBefore(place.yesterday()) ? planned : place.yesterday();
    List<CampaignDay> rows = rows(place.data(), input, from, to);
    double unit = unit(rows, input.goal());
    Map<LocalDate, double[]> days = new TreeMap<>();
    for (CampaignDay row : rows) {
      double[] sides = days.computeIfAbsent(row.day(), any -> new double[2]);
      sides[input.control().contains(row.campaignId()) ? 1 : 0] +=
          input.goal().of(row).doubleValue() / unit;
    }
    double[] changedBefore = side(days, 0, input.changedOn(), false);
    double[] changedAfter = side(days, 0, input.changedOn(), true);
    double[] controlBefore = side(days, 1, input.changedOn(), false);
    double[] controlAfter = side(days, 1, input.changedOn(), true);
    return ControlledEffect.measure(changedBefore, changedAfter, controlBefore, controlAfter)
        .map(effect -> output(effect, input.goal(), changedAfter.length))
        .orElseGet(() -> unmeasurable(input.goal(), changedAfter.length));
  }

  /** What was neither changed nor held may grow or end for reasons of its own. */
  private static List<CampaignDay> rows(
      CampaignData data, Input input, LocalDate from, LocalDate to) throws SQLException {
    List<CampaignDay> all = data.campaignDays(from, to);
    if (input.changed().isEmpty()) {
      return all;
    }
    Set<String> counted = new HashSet<>(data.changedCampaigns(input.changed()));
    counted.addAll(input.control());
    return all.stream().filter(row -> counted.contains(row.campaignId())).toList();
  }

  /** Luck is that of counts: revenue is counted in what one conversion brings. */
  private static double unit(List<CampaignDay> rows, Goal goal) {
    double conversions = rows.stream().mapToDouble(row -> row.conversions().doubleValue()).sum();
    double yield = rows.stream().mapToDouble(row -> goal.of(row).doubleValue()).sum();
    return conversions > 0 && yield > 0 ? yield / conversions : 1;
  }

  private static double[] side(
      Map<LocalDate, double[]> days, int side, LocalDate changedOn, boolean after) {
    List<Double> values = new ArrayList<>();
    days.forEach(
        (day, sides) -> {
          if (day.isBefore(changedOn) != after) {
            values.add(sides[side]);
          }
        });
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Output output(ControlledEffect effect, Goal goal, int daysAfter) {
    Verdict verdict =
        switch (effect.verdict()) {
          case BETTER -> Verdict.BETTER;
          case WORSE -> Verdict.WORSE;
          case UNCLEAR -> Verdict.UNCLEAR;
        };
    return new Output(
        verdict,
        Optional.of(Rounded.to(3, effect.ratio())),
        Optional.of(Rounded.to(3, effect.low())),
        Optional.of(Rounded.to(3, effect.high())),
        daysAfter,
        "Beside the control, "
            + goal.words()
            + " changed by "
            + Rounded.percent(effect.ratio() - 1)
            + " % ("
            + Rounded.percent(effect.low() - 1)
            + " to "
            + Rounded.percent(effect.high() - 1)
            + " %) over "
            + daysAfter
            + " days.");
  }

  private static Output unmeasurable(Goal goal, int daysAfter) {
    return new Output(
        Verdict.UNMEASURABLE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        daysAfter,
        "The effect can't be measured: it takes campaigns that were changed and a control, both with "
            + goal.words()
            + ", and at least "
            + ControlledEffect.LEAST_DAYS
            + " days before and after the change.");
  }
}
