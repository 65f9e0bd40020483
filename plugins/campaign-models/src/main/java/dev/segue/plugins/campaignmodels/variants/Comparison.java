package dev.segue.plugins.campaignmodels.variants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares variants with a baseline, each by the days on which it and the baseline ran.
 *
 * <p>Rates, intervals, the probability of being best and the expected loss are Bayesian, from a
 * uniform prior. A verdict needs more: the {@link Evidence} against equality has to pass the number
 * of comparisons over the allowed share of false winners. That holds however often anybody looks,
 * if the first day is the same at each look, and the baseline: a later first day, or another
 * baseline, is another test with a chance of its own to err.
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
   * @return one assessment per variant that still runs and ran beside the baseline; the baseline
   *     first, then by name
   */
  public List<Assessment> compare(List<Map<String, Counts>> days, String baseline) {
    List<Told> told = tell(days, baseline);
    List<BetaPosterior> levelled = levelled(told);
    Standing standing = new Standing(levelled);
    int winner = winner(told, levelled, standing);
    List<Assessment> all = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      Told one = told.get(i);
      BetaPosterior posterior = BetaPosterior.of(one.counts());
      all.add(
          new Assessment(
              one.variant(),
              one.counts(),
              one.beside(),
              posterior.mean(),
              posterior.quantile(0.025),
              posterior.quantile(0.975),
              standing.probabilityBest(i),
              standing.expectedLoss(i),
              one.evidence(),
              i == winner ? Verdict.WINNER : one.verdict()));
    }
    return all;
  }

  /**
   * A variant and whether it is told apart from the baseline; never {@link Verdict#WINNER}.
   *
   * @param variant its name
   * @param counts its trials on the days on which it and the baseline ran
   * @param beside the baseline's trials on those days
   * @param evidence as in {@link Evidence}
   * @param verdict what follows from the evidence
   */
  public record Told(
      String variant, Counts counts, Counts beside, double evidence, Verdict verdict) {}

  /**
   * Tells variants apart from the baseline, without weighing them against each other.
   *
   * @param days the counts of each day by variant, in the order of the days
   * @param baseline the variant to compare with; must be among those of the days
   * @return one per variant that still runs and ran beside the baseline; the baseline first, then
   *     by name
   */
  public List<Told> tell(List<Map<String, Counts>> days, String baseline) {
    SortedMap<String, Pair> pairs = pairs(days, baseline);
    // Who was stopped has had its chance to err, and counts on.
    double needed = pairs.size() / rule.falseWinners();
    StillRunning running = new StillRunning(days);
    pairs.keySet().removeIf(variant -> !running.has(variant));
    Counts standard = standard(days, baseline, pairs);
    List<Told> told = new ArrayList<>();
    told.add(new Told(baseline, standard, standard, 1, Verdict.BASELINE));
    pairs.forEach(
        (variant, pair) ->
            told.add(
                new Told(
                    variant,
                    pair.variant(),
                    pair.baseline(),
                    pair.evidence(),
                    pair.verdict(rule, needed))));
    return told;
  }

  private static SortedMap<String, Pair> pairs(List<Map<String, Counts>> days, String baseline) {
    if (days.stream().noneMatch(day -> day.getOrDefault(baseline, Counts.NONE).trials() > 0)) {
      throw new IllegalArgumentException("the baseline '" + baseline + "' has no trials");
    }
    SortedMap<String, Pair> pairs = new TreeMap<>();
    days.stream()
        .flatMap(day -> day.keySet().stream())
        .distinct()
        .filter(variant -> !variant.equals(baseline))
        .forEach(variant -> pairs.put(variant, Pair.of(days, baseline, variant)));
    pairs.values().removeIf(pair -> pair.days() == 0);
    return pairs;
  }

  /** The baseline on all days on which anybody ran beside it. */
  private static Counts standard(
      List<Map<String, Counts>> days, String baseline, SortedMap<String, Pair> pairs) {
    return days.stream()
        .filter(
            day ->
                pairs.keySet().stream()
                    .anyMatch(variant -> day.getOrDefault(variant, Counts.NONE).trials() > 0))
        .map(day -> day.getOrDefault(baseline, Counts.NONE))
        .reduce(Counts.NONE, Counts::plus);
  }

  /** The baseline comes first in what was told. */
  private static List<BetaPosterior> levelled(List<Told> told) {
    Counts standard = told.getFirst().counts();
    return told.stream().map(one -> levelled(one, standard)).toList();
  }

  /**
   * What is believed of a variant's rate, had it run on all days of the baseline: as many times the
   * baseline's as on its own days. That the baseline's rate on those few days is known less well
   * counts as fewer trials.
   */
  private static BetaPosterior levelled(Told one, Counts standard) {
    if (one.beside().equals(standard)) {
      return BetaPosterior.of(one.counts());
    }
    double level = BetaPosterior.of(standard).mean() / BetaPosterior.of(one.beside()).mean();
    double rate = Math.min(1, level * one.counts().successes() / (double) one.counts().trials());
    double own = doubt(one.counts());
    double weight = own / (own + Math.max(0, doubt(one.beside()) - doubt(standard)));
    double trials = weight * one.counts().trials();
    return new BetaPosterior(1 + rate * trials, 1 + (1 - rate) * trials);
  }

  /** About the variance of the logarithm of a rate. */
  private static double doubt(Counts counts) {
    return 1 / (1.0 + counts.successes());
  }

  /** The best of the better ones, if it is surely the best; else -1. */
  private int winner(List<Told> told, List<BetaPosterior> levelled, Standing standing) {
    int best = -1;
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).verdict() == Verdict.BETTER
          && (best < 0 || levelled.get(i).mean() > levelled.get(best).mean())) {
        best = i;
      }
    }
    return best >= 0 && standing.expectedLoss(best) <= rule.mostLoss() * levelled.get(best).mean()
        ? best
        : -1;
  }
}
