package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.CompareVariants.Pause;
import dev.segue.plugins.campaignmodels.CompareVariants.Wanted;
import dev.segue.plugins.campaignmodels.store.CampaignData.VariantDay;
import dev.segue.plugins.campaignmodels.variants.Assessment;
import dev.segue.plugins.campaignmodels.variants.Verdict;
import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison of one ad set's variants. */
record AdSetTest(
    @Field(title = "Campaign") String campaignId,
    @Field(title = "Ad set") String adSetId,
    @Field(title = "Name of the ad set") String adSet,
    @Field(title = "Variants", help = "The baseline first.") List<Variant> variants) {

  /** What is known of a variant. */
  record Variant(
      @Field(title = "Variant") String variant,
      @Field(title = "Verdict") Verdict verdict,
      @Field(title = "Trials", help = "On the days on which the baseline ran too.", min = 0)
          long trials,
      @Field(title = "Successes", min = 0) long successes,
      @Field(title = "The baseline's trials", help = "On the same days.", min = 0)
          long baselineTrials,
      @Field(title = "The baseline's successes", min = 0) long baselineSuccesses,
      @Field(title = "Rate") BigDecimal rate,
      @Field(title = "Lower end (95 %)") BigDecimal low,
      @Field(title = "Upper end (95 %)") BigDecimal high,
      @Field(title = "Probability of being best", min = 0, max = 1) BigDecimal probabilityBest,
      @Field(title = "Expected loss") BigDecimal expectedLoss,
      @Field(
              title = "Evidence",
              help = "20 times the number of comparisons is needed at 5 % false winners.")
          BigDecimal evidence) {

    static Variant of(Assessment one) {
      return new Variant(
          one.variant(),
          one.verdict(),
          one.counts().trials(),
          one.counts().successes(),
          one.beside().trials(),
          one.beside().successes(),
          Rounded.rate(one.rate()),
          Rounded.rate(one.low()),
          Rounded.rate(one.high()),
          Rounded.to(4, one.probabilityBest()),
          Rounded.rate(one.expectedLoss()),
          Rounded.rate(Math.min(1e9, one.evidence())));
    }
  }

  static AdSetTest of(VariantDay place, List<Assessment> assessments) {
    return new AdSetTest(
        place.campaignId(),
        place.adSetId(),
        place.adSet(),
        assessments.stream().map(Variant::of).toList());
  }

  /** The worse ones; and the baseline, once something better is surely the best. */
  List<Pause> pauses() {
    List<Pause> pauses = new ArrayList<>();
    winner()
        .ifPresent(
            best ->
                pauses.add(
                    pause(baseline(), baselineBeside(best), best.variant() + " in " + own(best))));
    variants.stream()
        .filter(one -> one.verdict() == Verdict.WORSE)
        .forEach(
            one ->
                pauses.add(
                    pause(one, own(one), baseline().variant() + " in " + baselineBeside(one))));
    return pauses;
  }

  private Pause pause(Variant one, String own, String other) {
    return new Pause(
        adSetId,
        adSet,
        one.variant(),
        "It succeeds in " + own + ", " + other + " on the same days.",
        "What it is shown for goes to better variants.");
  }

  private static String own(Variant one) {
    return share(one.successes(), one.trials());
  }

  /** The baseline on the days of this variant. */
  private static String baselineBeside(Variant one) {
    return share(one.baselineSuccesses(), one.baselineTrials());
  }

  private static String share(long successes, long trials) {
    BigDecimal rate = Rounded.rate((double) successes / trials);
    return rate.movePointRight(2).stripTrailingZeros().toPlainString()
        + " % of "
        + trials
        + " trials";
  }

  List<Wanted> wanted() {
    return pauses().isEmpty()
        ? List.of()
        : List.of(new Wanted(adSetId, adSet, winner().orElse(baseline()).variant()));
  }

  private Variant baseline() {
    return variants.getFirst();
  }

  private Optional<Variant> winner() {
    return variants.stream().filter(one -> one.verdict() == Verdict.WINNER).findFirst();
  }
}
