package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.cause.Cell;
import dev.segue.plugins.alertanalysis.cause.Measure;
import dev.segue.plugins.alertanalysis.store.CampaignCells;
import dev.segue.plugins.alertanalysis.store.Metrics;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the segments that explain a move of a metric. */
@StepInfo(
    name = "explain-change",
    title = "Explain a change",
    description =
        "Compares the time since a metric got out of order with the same times of the weeks before,"
            + " divides the difference by each label, and names the few segments that explain it,"
            + " or says that no single one does.",
    effect = Effect.READ,
    icon = "explain.svg",
    category = "Alerts")
final class ExplainChange implements Step<ExplainChange.Input, Explanation> {

  /** Where the segments' amounts are kept. */
  enum Source {
    /** In metrics with one series for each segment. */
    METRICS,
    /** In the daily results of campaigns. */
    CAMPAIGNS
  }

  record Input(
      @Field(title = "Labels of the alert", defaultValue = "{}") Map<String, String> scope,
      @Field(title = "From", help = "Where the metric got out of order.") Instant from,
      @Field(title = "To") Instant to,
      @Field(title = "Name of the figure", maxLength = 200, defaultValue = "The figure")
          String title,
      @Field(title = "Unit", maxLength = 40, defaultValue = "1") String unit,
      @Field(title = "Segments are in", defaultValue = "METRICS") Source source,
      @Field(
              title = "Numerator",
              help =
                  "A metric, or one of impressions, clicks, conversions, cost and revenue of"
                      + " campaigns. Its points add up.",
              pattern = "[a-z][a-z0-9_]{0,99}",
              example = "ad_cost")
          String numerator,
      @Field(
              title = "Denominator",
              help = "By what it is divided; empty if the numerator itself is the figure.",
              pattern = "[a-z][a-z0-9_]{0,99}",
              example = "ad_conversions")
          Optional<String> denominator,
      @Field(title = "Weeks to compare with", min = 1, max = 12, defaultValue = "4") int weeks) {

    Map<String, String> said() {
      return Alert.said(scope);
    }

    Measure measure() {
      return denominator.isPresent() ? Measure.RATIO : Measure.SUM;
    }
  }

  @Override
  public Explanation run(Input input, StepContext context) throws Exception {
    if (!input.from().isBefore(input.to())) {
      throw new StepError(
          "SPAN_EMPTY", "There is no time between " + input.from() + " and " + input.to() + ".");
    }
    ZoneId zone = context.site().map(Site::zone).orElse(ZoneOffset.UTC);
    Spans.Compared compared =
        switch (input.source()) {
          case METRICS -> compareMetrics(input, context, zone);
          case CAMPAIGNS -> compareDays(input, context, zone);
        };
    return new ChangeExplanation(input).of(compared);
  }

  private static Spans.Compared compareMetrics(Input input, StepContext context, ZoneId zone)
      throws SQLException {
    Metrics metrics = new Metrics(context.data().dataSource());
    var numerators = metrics.series(input.numerator(), input.said());
    var denominators =
        input.denominator().isPresent()
            ? metrics.series(input.denominator().get(), input.said())
            : List.<Metrics.Series>of();
    return Spans.of(input, zone)
        .compare(
            (from, to) ->
                told(metrics.cells(numerators, denominators, from, to), input.said().keySet()));
  }

  private static Spans.Compared compareDays(Input input, StepContext context, ZoneId zone)
      throws SQLException {
    CampaignCells results = results(input, context);
    return Spans.ofDays(input, zone, results.lastDay(lastDayBefore(input.to(), zone)))
        .compare(
            (from, to) ->
                told(
                    results.read(
                        input.numerator(),
                        input.denominator(),
                        input.said(),
                        from.atZone(zone).toLocalDate(),
                        lastDayBefore(to, zone)),
                    input.said().keySet()));
  }

  private static LocalDate lastDayBefore(Instant end, ZoneId zone) {
    return end.minusMillis(1).atZone(zone).toLocalDate();
  }

  /** What the alert is limited to tells no segments apart. */
  private static List<Cell> told(List<Cell> cells, Set<String> scope) {
    return cells.stream()
        .map(
            cell -> {
              Map<String, String> labels = new HashMap<>(cell.labels());
              labels.keySet().removeAll(scope);
              return new Cell(labels, cell.amounts());
            })
        .toList();
  }

  private static CampaignCells results(Input input, StepContext context) {
    String site =
        context
            .site()
            .map(Site::id)
            .orElseThrow(
                () ->
                    new StepError(
                        "SITE_NEEDED",
                        "Campaigns belong to a site, and this run has none. Start it for a site."));
    input.denominator().ifPresent(ExplainChange::checkColumn);
    checkColumn(input.numerator());
    return new CampaignCells(context.data().dataSource(), site);
  }

  private static void checkColumn(String name) {
    if (!CampaignCells.COLUMNS.contains(name)) {
      throw new StepError(
          "UNKNOWN_RESULT",
          "Campaigns have no '"
              + name
              + "'. Choose one of impressions, clicks, conversions, cost and revenue.");
    }
  }
}
