package dev.segue.plugins.campaignmodels.evaluate;

import dev.segue.plugins.campaignmodels.budget.Allocation;
import dev.segue.plugins.campaignmodels.budget.CampaignBudget;
import dev.segue.plugins.campaignmodels.budget.LimitsException;
import dev.segue.plugins.campaignmodels.budget.ResponseCurve;
import dev.segue.plugins.campaignmodels.budget.SpendDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Made-up campaigns whose true response is known, re-budgeted every week by one of several ways.
 * Their true curves bend by a power that the model does not have, so that it is not judged on data
 * of its own making alone.
 *
 * @param worlds how many sets of campaigns
 * @param campaigns in each
 * @param historyDays before the first move
 * @param weeks of moves
 */
public record BudgetTrial(int worlds, int campaigns, int historyDays, int weeks) {

  private static final BigDecimal STEP = new BigDecimal("0.20");
  private static final double NOISE = 0.15;
  private static final double SPEND_NOISE = 0.2;

  /** How budgets are set. */
  public enum Way {
    /** As they are. */
    KEEP,
    /** In proportion to conversions per cost, within the same limits. */
    PROPORTIONAL,
    /** By response curves fitted to the past days. */
    CURVES,
    /** By the true curves, which nobody has. */
    TRUTH
  }

  /**
   * What came of it.
   *
   * @param gain true expected conversions over the weeks, over those of keeping, less 1
   * @param worse share of worlds with fewer than keeping
   * @param lastWeekGain the gain of the last week alone
   */
  public record Result(double gain, double worse, double lastWeekGain) {}

  private record Truth(double ceiling, double half, double power) {

    double at(double cost) {
      double x = Math.pow(cost, power);
      return ceiling * x / (Math.pow(half, power) + x);
    }

    /** The model's curve through the truth with its slope, for the way that knows. */
    ResponseCurve tangent(double cost) {
      double value = at(cost);
      double slope = (at(cost * 1.001) - at(cost * 0.999)) / (cost * 0.002);
      double bend = Math.min(0.98, Math.max(0.02, slope * cost / value));
      double half = cost * bend / (1 - bend);
      return new ResponseCurve(value * (half + cost) / cost, half);
    }
  }

  /** Plays all worlds in one way. */
  public Result play(Way way, long seed) {
    double gain = 0;
    double lastGain = 0;
    int worse = 0;
    for (int i = 0; i < worlds; i++) {
      double[] kept = world(Way.KEEP, seed + i);
      double[] played = way == Way.KEEP ? kept : world(way, seed + i);
      gain += played[0] / kept[0] - 1;
      lastGain += played[1] / kept[1] - 1;
      worse += played[0] < kept[0] * (1 - 1e-9) ? 1 : 0;
    }
    return new Result(gain / worlds, (double) worse / worlds, lastGain / worlds);
  }

  /** The true expected conversions over all weeks, and in the last. */
  private double[] world(Way way, long seed) {
    Chance chance = new Chance(seed);
    List<Truth> truths = new ArrayList<>();
    List<BigDecimal> start = new ArrayList<>();
    List<List<SpendDay>> history = new ArrayList<>();
    for (int i = 0; i < campaigns; i++) {
      double budget = chance.between(40, 200);
      double half = budget * chance.between(0.3, 4);
      double perCost = chance.between(0.05, 0.25);
      truths.add(new Truth(perCost * (budget + half), half, chance.between(0.8, 1.1)));
      start.add(BigDecimal.valueOf(budget).setScale(2, RoundingMode.HALF_UP));
      history.add(new ArrayList<>());
    }
    for (int day = 0; day < historyDays; day++) {
      spend(truths, start, history, chance);
    }
    List<BigDecimal> budgets = start;
    double total = 0;
    double last = 0;
    for (int week = 0; week < weeks; week++) {
      budgets = moved(way, truths, history, budgets, start);
      last = 0;
      for (int i = 0; i < campaigns; i++) {
        last += 7 * truths.get(i).at(budgets.get(i).doubleValue());
      }
      total += last;
      for (int day = 0; day < 7; day++) {
        spend(truths, budgets, history, chance);
      }
    }
    return new double[] {total, last};
  }

  private void spend(
      List<Truth> truths, List<BigDecimal> budgets, List<List<SpendDay>> history, Chance chance) {
    for (int i = 0; i < campaigns; i++) {
      double cost = budgets.get(i).doubleValue() * chance.factor(SPEND_NOISE);
      long conversions = chance.poisson(truths.get(i).at(cost) * chance.factor(NOISE));
      history.get(i).add(new SpendDay(cost, conversions));
    }
  }

  private List<BigDecimal> moved(
      Way way,
      List<Truth> truths,
      List<List<SpendDay>> history,
      List<BigDecimal> now,
      List<BigDecimal> start) {
    if (way == Way.KEEP) {
      return now;
    }
    List<CampaignBudget> weighed = new ArrayList<>();
    for (int i = 0; i < campaigns; i++) {
      double cost = now.get(i).doubleValue();
      ResponseCurve curve =
          way == Way.TRUTH
              ? truths.get(i).tangent(cost)
              : ResponseCurve.fit(history.get(i)).orElseThrow();
      BigDecimal floor = start.get(i).multiply(new BigDecimal("0.2"));
      BigDecimal ceiling = start.get(i).multiply(new BigDecimal("3"));
      weighed.add(new CampaignBudget("c" + i, now.get(i), floor, ceiling, curve));
    }
    return way == Way.PROPORTIONAL ? proportional(weighed, history) : best(weighed, now);
  }

  private static List<BigDecimal> best(List<CampaignBudget> weighed, List<BigDecimal> now) {
    BigDecimal total = now.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    try {
      Map<String, BigDecimal> spread = new Allocation(2).spread(weighed, total, STEP);
      return weighed.stream().map(campaign -> spread.get(campaign.id())).toList();
    } catch (LimitsException e) {
      throw new IllegalStateException("a made-up world has limits that can't be kept", e);
    }
  }

  /** What people do by hand: more to what brings more per cost, within the same step. */
  private static List<BigDecimal> proportional(
      List<CampaignBudget> weighed, List<List<SpendDay>> history) {
    double total = weighed.stream().mapToDouble(c -> c.now().doubleValue()).sum();
    double[] wanted = new double[weighed.size()];
    double sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      double cost = history.get(i).stream().mapToDouble(SpendDay::cost).sum();
      double yield = history.get(i).stream().mapToDouble(SpendDay::yield).sum();
      wanted[i] = yield / cost;
      sum += wanted[i];
    }
    List<BigDecimal> budgets = new ArrayList<>();
    double given = 0;
    for (int i = 0; i < wanted.length; i++) {
      double now = weighed.get(i).now().doubleValue();
      wanted[i] = Math.clamp(total * wanted[i] / sum, now * 0.8, now * 1.2);
      given += wanted[i];
    }
    for (double budget : wanted) {
      budgets.add(BigDecimal.valueOf(budget * total / given).setScale(2, RoundingMode.HALF_UP));
    }
    return budgets;
  }
}
