package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.CompareVariants.Pause;
import dev.segue.plugins.campaignmodels.CompareVariants.Wanted;
import dev.segue.plugins.campaignmodels.store.CampaignData.VariantDay;
import dev.segue.plugins.campaignmodels.variants.Assessment;
import dev.segue.plugins.campaignmodels.variants.Verdict;
import dev.segue.sdk.Field;
import java.math.BigDecimal;
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
      @Field(title = "Trials", min = 0) long trials,
      @Field(title = "Successes", min = 0) long successes,
      @Field(title = "Rate") BigDecimal rate,
      @Field(title = "Lower end (95 %)") BigDecimal low,
      @Field(title = "Upper end (95 %)") BigDecimal high,
      @Field(title = "Probability of being best", min = 0, max = 1) BigDecimal probabilityBest,
      @Field(title = "Expected loss") BigDecimal expectedLoss,
      @Field(title = "Evidence", help = "20 and more is needed at 5 % false winners.")
          BigDecimal evidence) {

    static Variant of(Assessment one) {
      return new Variant(
          one.variant(),
          one.verdict(),
          one.counts().trials(),
          one.counts().successes(),
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
    Optional<Variant> winner = winner();
    return variants.stream()
        .filter(
            one ->
                one.verdict() == Verdict.WORSE
                    || (one.verdict() == Verdict.BASELINE && winner.isPresent()))
        .map(one -> pause(one, winner.orElse(variants.getFirst())))
        .toList();
  }

  private Pause pause(Variant one, Variant than) {
    return new Pause(
        adSetId,
        adSet,
        one.variant(),
        "It succeeds in "
            + percent(one.rate())
            + " % of "
            + one.trials()
            + " trials, "
            + than.variant()
            + " in "
            + percent(than.rate())
            + " % of "
            + than.trials()
            + ".",
        "What it is shown for goes to better variants.");
  }

  private static String percent(BigDecimal rate) {
    return rate.movePointRight(2).stripTrailingZeros().toPlainString();
  }

  List<Wanted> wanted() {
    return pauses().isEmpty()
        ? List.of()
        : List.of(new Wanted(adSetId, adSet, winner().orElse(variants.getFirst()).variant()));
  }

  private Optional<Variant> winner() {
    return variants.stream().filter(one -> one.verdict() == Verdict.WINNER).findFirst();
  }
}
