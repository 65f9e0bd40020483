package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.store.CampaignData.VariantDay;
import dev.segue.plugins.campaignmodels.variants.Comparison;
import dev.segue.plugins.campaignmodels.variants.Counts;
import dev.segue.plugins.campaignmodels.variants.Rule;
import dev.segue.plugins.campaignmodels.variants.StillRunning;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells which variants of ads are better and worse, and which of them to pause. */
@StepInfo(
    name = "compare-variants",
    title = "Compare variants of ads",
    description =
        "Compares the variants within each ad set: rates with intervals, the probability of being"
            + " best, and verdicts that may be looked at every day.",
    effect = Effect.READ,
    icon = "compare.svg",
    category = "Campaigns")
final class CompareVariants implements Step<CompareVariants.Input, CompareVariants.Output> {

  private static final int MOST_TESTS = 200;

  /** What makes a variant good. */
  enum Metric {
    CLICKS_PER_VIEW,
    CONVERSIONS_PER_CLICK,
    CONVERSIONS_PER_VIEW
  }

  record Input(
      @Field(title = "Compare by", defaultValue = "CONVERSIONS_PER_CLICK") Metric metric,
      @Field(
              title = "Days to look at",
              help =
                  "Evidence adds up from the first day on which two variants ran; if that day moves"
                      + " from look to look, more winners are false.",
              min = 1,
              max = 365,
              defaultValue = "365")
          int days,
      @Field(title = "Last day", help = "Yesterday if empty.") Optional<LocalDate> until,
      @Field(
              title = "Baseline variant",
              help = "Its name in every ad set; if empty or stopped, the longest running.",
              maxLength = 200)
          Optional<String> baseline,
      @Field(
              title = "False winners (%)",
              help = "The share of tests without a difference that may be decided all the same.",
              min = 0.1,
              max = 50,
              defaultValue = "5")
          BigDecimal falseWinnersPercent,
      @Field(title = "Least trials of a variant", min = 1, defaultValue = "1000") long leastTrials,
      @Field(title = "Least days", min = 1, max = 365, defaultValue = "7") int leastDays,
      @Field(
              title = "A winner's greatest expected loss (%)",
              help = "Of its own rate, against the best other variant.",
              min = 0,
              max = 100,
              defaultValue = "1")
          BigDecimal mostLossPercent) {}

  record Output(
      @Field(title = "From") LocalDate from,
      @Field(title = "To") LocalDate to,
      @Field(title = "Tests", help = "One per ad set; at most 200.") List<AdSetTest> tests,
      @Field(title = "Variants to pause") List<Pause> pauses,
      @Field(title = "Ad sets that need a new variant") List<Wanted> wanted) {}

  /** A variant that should no longer be shown. */
  record Pause(
      @Field(title = "Ad set") String adSetId,
      @Field(title = "Name of the ad set") String adSet,
      @Field(title = "Variant") String variant,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}

  /** An ad set that loses a variant, and the one to learn from. */
  record Wanted(
      @Field(title = "Ad set") String adSetId,
      @Field(title = "Name of the ad set") String adSet,
      @Field(title = "Best variant so far") String best) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    Place.Span span = place.span(input.days(), input.until());
    Comparison comparison = new Comparison(rule(input));
    List<AdSetTest> tests =
        place.data().variantDays(span.from(), span.to()).stream()
            .collect(Collectors.groupingBy(VariantDay::adSetId, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .flatMap(days -> test(days, input, comparison).stream())
            .limit(MOST_TESTS)
            .toList();
    return new Output(
        span.from(),
        span.to(),
        tests,
        tests.stream().flatMap(test -> test.pauses().stream()).toList(),
        tests.stream().flatMap(test -> test.wanted().stream()).toList());
  }

  private static Rule rule(Input input) {
    return new Rule(
        input.falseWinnersPercent().doubleValue() / 100,
        input.leastTrials(),
        input.leastDays(),
        input.mostLossPercent().doubleValue() / 100);
  }

  private static Optional<AdSetTest> test(
      List<VariantDay> rows, Input input, Comparison comparison) {
    TreeMap<LocalDate, Map<String, Counts>> days = new TreeMap<>();
    for (VariantDay row : rows) {
      counts(row, input.metric())
          .ifPresent(
              counts ->
                  days.computeIfAbsent(row.day(), day -> new TreeMap<>())
                      .merge(row.variant(), counts, Counts::plus));
    }
    List<Map<String, Counts>> inOrder = List.copyOf(days.values());
    StillRunning running = new StillRunning(inOrder);
    return input
        .baseline()
        .filter(running::has)
        .or(running::longest)
        .map(baseline -> comparison.compare(inOrder, baseline))
        .filter(assessments -> assessments.size() > 1)
        .map(assessments -> AdSetTest.of(rows.getFirst(), assessments));
  }

  /** Platforms correct counts late, so that for a while there can be more clicks than views. */
  private static Optional<Counts> counts(VariantDay row, Metric metric) {
    long trials = metric == Metric.CONVERSIONS_PER_CLICK ? row.clicks() : row.impressions();
    long successes = metric == Metric.CLICKS_PER_VIEW ? row.clicks() : row.conversions();
    return trials == 0
        ? Optional.empty()
        : Optional.of(new Counts(trials, Math.min(trials, successes)));
  }
}
