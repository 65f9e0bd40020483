package dev.segue.plugins.campaignmodels.evaluate;

import dev.segue.plugins.campaignmodels.variants.BetaPosterior;
import dev.segue.plugins.campaignmodels.variants.Comparison;
import dev.segue.plugins.campaignmodels.variants.Comparison.Told;
import dev.segue.plugins.campaignmodels.variants.Counts;
import dev.segue.plugins.campaignmodels.variants.Rule;
import dev.segue.plugins.campaignmodels.variants.StillRunning;
import dev.segue.plugins.campaignmodels.variants.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many made-up tests of variants, each looked at again and again until somebody is named better or
 * worse.
 *
 * @param experiments how many tests
 * @param course how each goes
 * @param trialsPerDay of each variant
 * @param rate the baseline's, at first
 * @param lifts of the other variants over it, such as 0.2; 0 for no difference
 */
public record VariantTrial(
    int experiments, Course course, long trialsPerDay, double rate, List<Double> lifts) {

  private static final double[] WEEK = {0.8, 0.9, 1.0, 1.0, 1.1, 1.3, 0.9};

  /** How the rate that all variants share moves. */
  public enum Market {
    /** It stays. */
    STEADY,
    /** It swings by the weekday. */
    WEEKDAYS,
    /** It swings by the weekday, and doubles over the course. */
    RISING
  }

  /**
   * How a test goes.
   *
   * @param days how long
   * @param lookEvery so many days
   * @param joinEvery so many days another variant begins; 0 if all begin together
   * @param market the rate that all share
   */
  public record Course(int days, int lookEvery, int joinEvery, Market market) {

    /** A year with a look every week, as the workflow's schedule has it. */
    public static Course weekly(int joinEvery) {
      return new Course(364, 7, joinEvery, Market.WEEKDAYS);
    }

    /** All begin together, and somebody looks every day. */
    public static Course daily(int days, Market market) {
      return new Course(days, 1, 0, market);
    }

    private boolean looksAfter(int days) {
      return days % lookEvery == 0;
    }

    private double factor(int day) {
      return switch (market) {
        case STEADY -> 1;
        case WEEKDAYS -> WEEK[day % WEEK.length];
        case RISING -> WEEK[day % WEEK.length] * (1 + (double) day / days);
      };
    }
  }

  /**
   * What came of it.
   *
   * @param decided share of tests in which some variant was told apart from the baseline
   * @param right share in which a variant that is truly better was named so
   * @param meanDay the day on which tests were decided, on average; 0 if none was
   */
  public record Result(double decided, double right, double meanDay) {}

  /** As the workflow does: all days so far, beside the variant that has run longest. */
  public Result byRule(Rule rule, long seed) {
    Comparison comparison = new Comparison(rule);
    return run(
        seed,
        days -> comparison.tell(days, new StillRunning(days).longest().orElseThrow()),
        rule.leastDays());
  }

  /** By the same evidence, begun anew at each look from the last so many days. */
  public Result bySlidingDays(Rule rule, long seed, int last) {
    Comparison comparison = new Comparison(rule);
    return run(
        seed,
        days -> comparison.tell(days.subList(Math.max(0, days.size() - last), days.size()), "a"),
        rule.leastDays());
  }

  /** By naming whoever is better with 95 % probability on any day: what looking daily does. */
  public Result byDailyProbability(Rule rule, long seed) {
    return run(seed, days -> byProbability(days, rule), rule.leastDays());
  }

  private interface Look {
    List<Told> at(List<Map<String, Counts>> days);
  }

  private Result run(long seed, Look look, int firstLook) {
    int decided = 0;
    int right = 0;
    long daysTaken = 0;
    for (int i = 0; i < experiments; i++) {
      Chance chance = new Chance(seed + i);
      List<Map<String, Counts>> seen = new ArrayList<>();
      for (int day = 0; day < course.days(); day++) {
        seen.add(day(chance, day));
        boolean looks = day + 1 >= firstLook && course.looksAfter(day + 1);
        List<Told> told = looks ? toldApart(look.at(seen)) : List.of();
        if (!told.isEmpty()) {
          decided++;
          daysTaken += day + 1;
          right += told.stream().allMatch(this::isRight) ? 1 : 0;
          break;
        }
      }
    }
    return new Result(
        (double) decided / experiments,
        (double) right / experiments,
        decided == 0 ? 0 : (double) daysTaken / decided);
  }

  private static List<Told> toldApart(List<Told> all) {
    return all.stream()
        .filter(
            one ->
                switch (one.verdict()) {
                  case WINNER, BETTER, WORSE -> true;
                  case BASELINE, UNDECIDED, TOO_EARLY -> false;
                })
        .toList();
  }

  private boolean isRight(Told told) {
    double lift = lifts.get(told.variant().charAt(0) - 'b');
    return told.verdict() == Verdict.WORSE ? lift < 0 : lift > 0;
  }

  private Map<String, Counts> day(Chance chance, int day) {
    double today = rate * course.factor(day);
    Map<String, Counts> counts = new LinkedHashMap<>();
    counts.put("a", new Counts(trialsPerDay, chance.binomial(trialsPerDay, today)));
    for (int i = 0; i < lifts.size() && day >= (i + 1) * course.joinEvery(); i++) {
      double lifted = today * (1 + lifts.get(i));
      counts.put(
          String.valueOf((char) ('b' + i)),
          new Counts(trialsPerDay, chance.binomial(trialsPerDay, lifted)));
    }
    return counts;
  }

  private static List<Told> byProbability(List<Map<String, Counts>> days, Rule rule) {
    Map<String, Counts> totals = new LinkedHashMap<>();
    days.forEach(day -> day.forEach((name, counts) -> totals.merge(name, counts, Counts::plus)));
    BetaPosterior baseline = BetaPosterior.of(totals.getOrDefault("a", Counts.NONE));
    List<Told> all = new ArrayList<>();
    totals.forEach(
        (name, counts) -> {
          BetaPosterior own = BetaPosterior.of(counts);
          double gap = (own.mean() - baseline.mean()) / Math.hypot(sd(own), sd(baseline));
          Verdict verdict =
              counts.trials() < rule.leastTrials() || Math.abs(gap) < 1.644854
                  ? Verdict.UNDECIDED
                  : gap > 0 ? Verdict.BETTER : Verdict.WORSE;
          all.add(new Told(name, counts, counts, 1, verdict));
        });
    return all;
  }

  private static double sd(BetaPosterior posterior) {
    double mean = posterior.mean();
    return Math.sqrt(mean * (1 - mean) / (posterior.alpha() + posterior.beta() + 1));
  }
}
