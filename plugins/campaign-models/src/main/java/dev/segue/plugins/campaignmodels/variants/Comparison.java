package dev.segue.plugins.campaignmodels.variants;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares variants that ran over the same days with a baseline.
 *
 * <p>Rates, intervals, the probability of being best and the expected loss are Bayesian, from a
 * uniform prior. A verdict needs more: the {@link Evidence} against equality has to pass the number
 * of comparisons over the allowed share of false winners, which holds for looks on every day.
 */
public final class Comparison {

  private final Rule rule;

  /** Compares by a rule. */
  public Comparison(Rule rule) {
    this.rule = rule;
  }

  /**
   * Compares.
   *
   * @param days the counts of each day by variant, in the order of the days
   * @param baseline the variant to compare with; must be among those of the days
   * @return one assessment per variant, the baseline first, then by name
   */
  public List<Assessment> compare(List<Map<String, Counts>> days, String baseline) {
    List<Told> told = tell(days, baseline);
    List<BetaPosterior> posteriors =
        told.stream().map(one -> BetaPosterior.of(one.counts())).toList();
    Standing standing = new Standing(posteriors);
    List<Assessment> all = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      Told one = told.get(i);
      BetaPosterior posterior = posteriors.get(i);
      all.add(
          new Assessment(
              one.variant(),
              one.counts(),
              posterior.mean(),
              posterior.quantile(0.025),
              posterior.quantile(0.975),
              standing.probabilityBest(i),
              standing.expectedLoss(i),
              one.evidence(),
              one.verdict()));
    }
    return withWinner(all);
  }

  /**
   * A variant and whether it is told apart from the baseline; never {@link Verdict#WINNER}.
   *
   * @param variant its name
   * @param counts all its trials
   * @param evidence as in {@link Evidence}
   * @param verdict what follows from the evidence
   */
  public record Told(String variant, Counts counts, double evidence, Verdict verdict) {}

  /**
   * Tells variants apart from the baseline, without weighing them against each other.
   *
   * @param days the counts of each day by variant, in the order of the days
   * @param baseline the variant to compare with; must be among those of the days
   * @return one per variant, the baseline first, then by name
   */
  public List<Told> tell(List<Map<String, Counts>> days, String baseline) {
    Map<String, Counts> totals = totals(days, baseline);
    Counts standard = totals.getOrDefault(baseline, Counts.NONE);
    double needed = (totals.size() - 1) / rule.falseWinners();
    List<Told> told = new ArrayList<>();
    totals.forEach(
        (variant, counts) -> {
          if (variant.equals(baseline)) {
            told.add(new Told(variant, counts, 1, Verdict.BASELINE));
            return;
          }
          double evidence = evidence(days, baseline, variant);
          boolean exposed =
              Math.min(counts.trials(), standard.trials()) >= rule.leastTrials()
                  && daysTogether(days, variant, baseline) >= rule.leastDays();
          Verdict verdict =
              !exposed
                  ? Verdict.TOO_EARLY
                  : evidence < needed ? Verdict.UNDECIDED : side(counts, standard);
          told.add(new Told(variant, counts, evidence, verdict));
        });
    return told;
  }

  private static Verdict side(Counts counts, Counts standard) {
    return BetaPosterior.of(counts).mean() > BetaPosterior.of(standard).mean()
        ? Verdict.BETTER
        : Verdict.WORSE;
  }

  private static Map<String, Counts> totals(List<Map<String, Counts>> days, String baseline) {
    Map<String, Counts> totals = new LinkedHashMap<>();
    totals.put(baseline, Counts.NONE);
    days.stream()
        .flatMap(day -> day.keySet().stream())
        .distinct()
        .sorted()
        .forEach(name -> totals.putIfAbsent(name, Counts.NONE));
    days.forEach(day -> day.forEach((name, counts) -> totals.merge(name, counts, Counts::plus)));
    if (totals.getOrDefault(baseline, Counts.NONE).trials() == 0) {
      throw new IllegalArgumentException("the baseline '" + baseline + "' has no trials");
    }
    return totals;
  }

  private static double evidence(List<Map<String, Counts>> days, String baseline, String variant) {
    Evidence evidence = new Evidence();
    for (Map<String, Counts> day : days) {
      Counts first = day.getOrDefault(baseline, Counts.NONE);
      Counts second = day.getOrDefault(variant, Counts.NONE);
      // A day on which only one of them ran compares nothing.
      if (first.trials() > 0 && second.trials() > 0) {
        evidence.add(first, second);
      }
    }
    return evidence.highest();
  }

  private List<Assessment> withWinner(List<Assessment> all) {
    Optional<Assessment> best =
        all.stream()
            .filter(one -> one.verdict() == Verdict.BETTER)
            .max(Comparator.comparingDouble(Assessment::rate))
            .filter(one -> one.expectedLoss() <= rule.mostLoss() * one.rate());
    return all.stream()
        .map(one -> best.filter(one::equals).isPresent() ? winner(one) : one)
        .toList();
  }

  private static long daysTogether(List<Map<String, Counts>> days, String one, String other) {
    return days.stream()
        .filter(
            day ->
                day.getOrDefault(one, Counts.NONE).trials() > 0
                    && day.getOrDefault(other, Counts.NONE).trials() > 0)
        .count();
  }

  private static Assessment winner(Assessment one) {
    return new Assessment(
        one.variant(),
        one.counts(),
        one.rate(),
        one.low(),
        one.high(),
        one.probabilityBest(),
        one.expectedLoss(),
        one.evidence(),
        Verdict.WINNER);
  }
}
