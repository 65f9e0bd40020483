package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.store.CampaignData.Segment;
import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice;
import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice.Advice;
import dev.segue.plugins.campaignmodels.targeting.SegmentCounts;
import dev.segue.plugins.campaignmodels.targeting.Targeting;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Proposes which segments to leave out and which to reach further. */
@StepInfo(
    name = "suggest-targeting",
    title = "Suggest targeting",
    description =
        "Weighs each segment of an ad set's audience against the rest of it, and proposes to leave"
            + " out what is surely worse and to reach further where it is surely better.",
    effect = Effect.READ,
    icon = "target.svg",
    category = "Campaigns")
final class SuggestTargeting implements Step<SuggestTargeting.Input, SuggestTargeting.Output> {

  record Input(
      @Field(title = "Days to look at", min = 7, max = 365, defaultValue = "28") int days,
      @Field(title = "Last day", help = "Yesterday if empty.") Optional<LocalDate> until,
      @Field(
              title = "Worse is below",
              help = "Conversions per cost, as a share of the rest's.",
              min = 0.1,
              max = 1,
              defaultValue = "0.7")
          BigDecimal worse,
      @Field(title = "Better is above", min = 1, max = 10, defaultValue = "1.33") BigDecimal better,
      @Field(title = "Certainty (%)", min = 50, max = 99.9, defaultValue = "95")
          BigDecimal certaintyPercent,
      @Field(
              title = "Most to leave out (%)",
              help = "Of an ad set's cost at once.",
              min = 0,
              max = 100,
              defaultValue = "30")
          BigDecimal mostNarrowedPercent,
      @Field(title = "Ad sets to hold", defaultValue = "[]", maxLength = 500) List<String> held) {}

  record Output(
      @Field(title = "From") LocalDate from,
      @Field(title = "To") LocalDate to,
      @Field(title = "Segments to alter") List<Move> moves) {}

  /** A segment to reach less or more. */
  record Move(
      @Field(title = "Ad set") String adSetId,
      @Field(title = "Name of the ad set") String adSet,
      @Field(title = "Segment") String segment,
      @Field(title = "Advice") Advice advice,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    Place.Span span = place.span(input.days(), input.until());
    Targeting targeting =
        new Targeting(
            new Targeting.Limits(
                input.worse().doubleValue(),
                input.better().doubleValue(),
                input.certaintyPercent().doubleValue() / 100,
                Targeting.Limits.DEFAULT.leastCostShare(),
                input.mostNarrowedPercent().doubleValue() / 100));
    List<Move> moves =
        place.data().segments(span.from(), span.to()).stream()
            .filter(segment -> !input.held().contains(segment.adSetId()))
            .collect(Collectors.groupingBy(Segment::adSetId, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .flatMap(adSet -> moves(adSet, targeting).stream())
            .toList();
    return new Output(span.from(), span.to(), moves);
  }

  private static List<Move> moves(List<Segment> adSet, Targeting targeting) {
    List<SegmentCounts> counts =
        adSet.stream()
            .map(one -> new SegmentCounts(one.segment(), one.cost(), one.conversions()))
            .toList();
    Segment place = adSet.getFirst();
    return targeting.weigh(counts).stream()
        .filter(one -> one.advice() != Advice.KEEP)
        .map(one -> move(place, one))
        .toList();
  }

  private static Move move(Segment place, SegmentAdvice advice) {
    return new Move(
        place.adSetId(),
        place.adSet(),
        advice.counts().segment(),
        advice.advice(),
        "It brings "
            + Rounded.to(2, advice.ratio())
            + " times as many conversions per cost as the rest, "
            + Rounded.to(1, 100 * advice.probability())
            + " % sure that it stands out.",
        advice.advice() == Advice.NARROW
            ? "Its cost of " + Rounded.to(2, advice.counts().cost()) + " goes to the others."
            : "More of the budget goes to it.");
  }
}
