package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.PlanBudgets.Goal;
import dev.segue.plugins.campaignmodels.PlanBudgets.Limit;
import dev.segue.plugins.campaignmodels.PlanBudgets.Move;
import dev.segue.plugins.campaignmodels.PlanBudgets.Running;
import dev.segue.plugins.campaignmodels.budget.Allocation;
import dev.segue.plugins.campaignmodels.budget.CampaignBudget;
import dev.segue.plugins.campaignmodels.budget.LimitsException;
import dev.segue.plugins.campaignmodels.budget.ResponseCurve;
import dev.segue.plugins.campaignmodels.budget.SpendDay;
import dev.segue.plugins.campaignmodels.store.CampaignData.CampaignDay;
import dev.segue.sdk.StepError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From past days and people's limits to the moves of budgets. */
final class BudgetPlan {

  /** Stands for no ceiling. */
  private static final BigDecimal ENDLESS = new BigDecimal("1000000000");

  /** So many campaigns are named to somebody who misspelt one. */
  private static final int NAMED = 5;

  private final PlanBudgets.Input input;
  private final Currency currency;
  private final int digits;
  private final Place.Span span;
  private final Map<String, Limit> limits = new HashMap<>();

  BudgetPlan(PlanBudgets.Input input, Currency currency, Place.Span span) {
    this.input = input;
    this.currency = currency;
    this.digits = Math.max(0, currency.getDefaultFractionDigits());
    this.span = span;
  }

  PlanBudgets.Output of(List<CampaignDay> days) {
    readLimits();
    Map<String, List<SpendDay>> history = history(days);
    List<CampaignBudget> weighed = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    List<String> leftAlone = new ArrayList<>();
    for (Running campaign : input.campaigns()) {
      names.put(campaign.id(), campaign.name().isBlank() ? campaign.id() : campaign.name());
      boolean weighable =
          campaign.active()
              && campaign.dailyBudget().signum() > 0
              && !input.held().contains(campaign.id());
      ResponseCurve curve =
          weighable
              ? ResponseCurve.fit(history.getOrDefault(campaign.id(), List.of())).orElse(null)
              : null;
      if (curve == null) {
        leftAlone.add(campaign.id());
      } else {
        weighed.add(budget(campaign, curve));
      }
    }
    if (!weighed.isEmpty() && weighed.stream().allMatch(one -> one.curve().ceiling() == 0)) {
      return nothingKnown();
    }
    BigDecimal total =
        weighed.stream().map(CampaignBudget::now).reduce(BigDecimal.ZERO, BigDecimal::add);
    Map<String, BigDecimal> spread = weighed.isEmpty() ? Map.of() : spread(weighed, total);
    return output(weighed, spread, total, names, leftAlone);
  }

  private void readLimits() {
    Set<String> known = new LinkedHashSet<>();
    input.campaigns().forEach(campaign -> known.add(campaign.id()));
    for (Limit limit : input.limits()) {
      refuseUnknown("limits", limit.campaign(), known);
      if (limits.put(limit.campaign(), limit) != null) {
        throw infeasible("limits[" + limit.campaign() + "]: the campaign has two limits; give one");
      }
    }
    input.held().forEach(campaign -> refuseUnknown("held", campaign, known));
  }

  /** What is misspelt would be passed over silently, and the campaign that it means be changed. */
  private static void refuseUnknown(String field, String campaign, Set<String> known) {
    if (!known.contains(campaign)) {
      throw infeasible(
          field
              + "["
              + campaign
              + "]: the platform has no such campaign. Its campaigns are "
              + known.stream().limit(NAMED).collect(Collectors.joining(", "))
              + (known.size() > NAMED ? ", …" : "")
              + "; amounts are plain numbers, such as 20.50.");
    }
  }

  private static StepError infeasible(String message) {
    return new StepError("LIMITS_INFEASIBLE", message);
  }

  private Map<String, List<SpendDay>> history(List<CampaignDay> days) {
    Map<String, List<SpendDay>> history = new HashMap<>();
    for (CampaignDay day : days) {
      history
          .computeIfAbsent(day.campaignId(), id -> new ArrayList<>())
          .add(
              new SpendDay(
                  day.cost().doubleValue(), Math.max(0, input.goal().of(day).doubleValue())));
    }
    return history;
  }

  private CampaignBudget budget(Running campaign, ResponseCurve curve) {
    Limit limit = limits.get(campaign.id());
    return new CampaignBudget(
        campaign.id(),
        campaign.dailyBudget(),
        limit == null ? BigDecimal.ZERO : limit.floor(),
        limit == null ? ENDLESS : limit.ceiling().orElse(ENDLESS),
        curve);
  }

  private Map<String, BigDecimal> spread(List<CampaignBudget> weighed, BigDecimal total) {
    try {
      return new Allocation(digits)
          .spread(weighed, total, input.mostStepPercent().movePointLeft(2));
    } catch (LimitsException e) {
      throw infeasible(e.getMessage() + ". Alter the limit or the greatest step.");
    }
  }

  /** With flat curves alone any spread is as good as another, and none is better than today's. */
  private PlanBudgets.Output nothingKnown() {
    return new PlanBudgets.Output(
        span.from(),
        span.to(),
        currency.getCurrencyCode(),
        List.of(),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        input.campaigns().stream().map(Running::id).toList(),
        "The budgets stay as they are: from "
            + span.from()
            + " to "
            + span.to()
            + " the results hold no "
            + goal()
            + " of any campaign to weigh. If there were some, see whether the export has them.");
  }

  private PlanBudgets.Output output(
      List<CampaignBudget> weighed,
      Map<String, BigDecimal> spread,
      BigDecimal total,
      Map<String, String> names,
      List<String> leftAlone) {
    List<Move> moves = new ArrayList<>();
    double now = 0;
    double after = 0;
    for (CampaignBudget campaign : weighed) {
      BigDecimal to = spread.getOrDefault(campaign.id(), campaign.now());
      now += campaign.curve().at(campaign.now().doubleValue());
      after += campaign.curve().at(to.doubleValue());
      if (to.compareTo(campaign.now()) != 0) {
        moves.add(move(campaign, names.getOrDefault(campaign.id(), campaign.id()), to, total));
      }
    }
    return new PlanBudgets.Output(
        span.from(),
        span.to(),
        currency.getCurrencyCode(),
        moves,
        total,
        Rounded.to(2, now),
        Rounded.to(2, after),
        leftAlone,
        summary(moves.size(), now, after));
  }

  private Move move(CampaignBudget campaign, String name, BigDecimal to, BigDecimal total) {
    double next = campaign.curve().slope(campaign.now().doubleValue());
    double change =
        campaign.curve().at(to.doubleValue()) - campaign.curve().at(campaign.now().doubleValue());
    return new Move(
        campaign.id(),
        name,
        campaign.now(),
        to,
        campaign.floor(),
        campaign.ceiling().min(total),
        "The next "
            + currency.getCurrencyCode()
            + " brings "
            + Rounded.rate(next).toPlainString()
            + " "
            + goal()
            + " here.",
        (change < 0 ? "" : "+") + Rounded.to(1, change) + " " + goal() + " a day.");
  }

  private String goal() {
    return input.goal() == Goal.REVENUE
        ? currency.getCurrencyCode() + " of revenue"
        : "conversions";
  }

  private String summary(int moves, double now, double after) {
    return moves == 0
        ? "The budgets stay as they are."
        : moves
            + " budgets move within the same total; "
            + Rounded.to(1, after)
            + " "
            + goal()
            + " a day are expected instead of "
            + Rounded.to(1, now)
            + ".";
  }
}
