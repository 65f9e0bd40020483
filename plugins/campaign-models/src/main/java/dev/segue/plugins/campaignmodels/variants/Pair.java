package dev.segue.plugins.campaignmodels.variants;

import java.util.List;
import java.util.Map;

/**
 * A variant beside the baseline, on the days on which both ran. Other days compare nothing: they
 * may have been better or worse for whichever ran.
 *
 * @param variant its trials on those days
 * @param baseline the baseline's
 * @param days how many
 * @param evidence against both being equally good, as in {@link Evidence}
 */
record Pair(Counts variant, Counts baseline, int days, double evidence) {

  static Pair of(List<Map<String, Counts>> days, String baseline, String variant) {
    Counts first = Counts.NONE;
    Counts second = Counts.NONE;
    int together = 0;
    Evidence evidence = new Evidence();
    for (Map<String, Counts> day : days) {
      Counts ofFirst = day.getOrDefault(baseline, Counts.NONE);
      Counts ofSecond = day.getOrDefault(variant, Counts.NONE);
      if (ofFirst.trials() > 0 && ofSecond.trials() > 0) {
        first = first.plus(ofFirst);
        second = second.plus(ofSecond);
        together++;
        evidence.add(ofFirst, ofSecond);
      }
    }
    return new Pair(second, first, together, evidence.highest());
  }

  /** What follows, if the evidence has to reach so much. */
  Verdict verdict(Rule rule, double needed) {
    if (Math.min(variant.trials(), baseline.trials()) < rule.leastTrials()
        || days < rule.leastDays()) {
      return Verdict.TOO_EARLY;
    }
    if (evidence < needed) {
      return Verdict.UNDECIDED;
    }
    return BetaPosterior.of(variant).mean() > BetaPosterior.of(baseline).mean()
        ? Verdict.BETTER
        : Verdict.WORSE;
  }
}
