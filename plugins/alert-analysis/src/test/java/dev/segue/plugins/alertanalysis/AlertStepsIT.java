package dev.segue.plugins.alertanalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.plugins.alertanalysis.AlertContext.Applied;
import dev.segue.plugins.alertanalysis.AlertContext.Related;
import dev.segue.plugins.alertanalysis.CollectContext.Gathering;
import dev.segue.plugins.alertanalysis.Explanation.Contribution;
import dev.segue.plugins.alertanalysis.Remedies.Kind;
import dev.segue.plugins.alertanalysis.Remedies.Plan;
import dev.segue.plugins.alertanalysis.Remedies.Suggestion;
import dev.segue.plugins.alertanalysis.SuggestRemedies.AdSet;
import dev.segue.plugins.alertanalysis.SuggestRemedies.Running;
import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Artifact;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps on a database in which the cause of an alert is known. */
class AlertStepsIT {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant BROKEN = Instant.parse("2026-11-20T07:00:00Z");
  private static final Map<String, String> CAFE = Map.of("site", "cafe");
  private static final Site SITE =
      new Site(
          "cafe",
          "Corner Café",
          ZoneId.of("Europe/Berlin"),
          Currency.getInstance("EUR"),
          LocalTime.of(4, 0),
          Map.of());
  private static final List<Running> CAMPAIGNS =
      List.of(
          new Running("lunch", "Lunch", new BigDecimal("70.00"), true),
          new Running("dinner", "Dinner", new BigDecimal("80.00"), true),
          new Running("brunch", "Brunch", new BigDecimal("50.00"), true));
  private static final List<AdSet> AD_SETS =
      List.of(
          new AdSet("lunch-all", "Lunch guests", "lunch"),
          new AdSet("dinner-all", "Dinner guests", "dinner"),
          new AdSet("brunch-all", "Brunch guests", "brunch"));

  @TempDir private static Path folder;
  private static AlertDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = new AlertDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static TestHost newHost() {
    return TestHost.of("alert-analysis", new AlertAnalysisPlugin())
        .site(SITE)
        .now(NOW)
        .data(database.source());
  }

  private static CollectContext.Input about(String metric) {
    return about(metric, Map.of("site", "cafe", "campaign", ""), Gathering.MEAN);
  }

  private static CollectContext.Input about(
      String metric, Map<String, String> labels, Gathering gathering) {
    Alert alert =
        new Alert(
            "a-1",
            "cpc",
            "Cost per conversion",
            "warning",
            metric,
            labels,
            Optional.of(BROKEN),
            Optional.of(BROKEN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("above"));
    return new CollectContext.Input(alert, 35, gathering, 7, 48);
  }

  private static ExplainChange.Input ratio() {
    return new ExplainChange.Input(
        CAFE,
        Instant.parse("2026-11-20T06:00:00Z"),
        NOW,
        "Cost per conversion",
        "EUR",
        ExplainChange.Source.METRICS,
        "ad_cost",
        Optional.of("ad_conversions"),
        4);
  }

  private static ExplainChange.Input campaigns(String numerator, String denominator) {
    return new ExplainChange.Input(
        CAFE,
        Instant.parse("2026-11-18T06:00:00Z"),
        NOW,
        "Cost per conversion",
        "EUR",
        ExplainChange.Source.CAMPAIGNS,
        numerator,
        Optional.of(denominator),
        4);
  }

  private static SuggestRemedies.Input remedies(
      Explanation explanation, List<Applied> changes, List<String> held) {
    return new SuggestRemedies.Input(
        explanation,
        CAFE,
        changes,
        CAMPAIGNS,
        AD_SETS,
        held,
        new BigDecimal("20"),
        "ads-practice:campaign-changes",
        Optional.of(Better.LOWER));
  }

  @Test
  void collectsHistorySeasonRelatedMetricsAndOwnChanges() throws Exception {
    try (TestHost host = newHost()) {
      AlertContext context = host.step(CollectContext.class).run(about("ad_cost_per_conversion"));
      assertThat(context.hasData()).isTrue();
      assertThat(context.from()).isEqualTo("2026-11-20T06:00:00Z");
      assertThat(context.season()).isEqualTo("WEEK");
      assertThat(context.points()).hasSize(200);
      assertThat(context.expected().orElseThrow().doubleValue()).isBetween(3.2, 3.5);
      assertThat(context.value().orElseThrow().doubleValue()).isBetween(3.55, 3.8);
      assertThat(context.related())
          .extracting(Related::metric)
          .contains("visitors", "ad_cost", "ad_conversions");
      assertThat(context.related().getFirst().moved()).isTrue();
      assertThat(context.changes())
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.coincides()).isTrue();
                assertThat(change.target()).isEqualTo("lunch-all/18-24");
              });
      assertThat(context.text())
          .startsWith("Cost per conversion (site cafe) has been 3.6")
          .contains("At this time of the week 3.", "Segue applied a change: Reach 18-24");
    }
  }

  @Test
  void knowsNothingThatCameLater() throws Exception {
    try (TestHost host = newHost().now(Instant.parse("2026-11-20T04:30:00Z"))) {
      AlertContext context = host.step(CollectContext.class).run(about("ad_cost_per_conversion"));
      assertThat(context.changes()).isEmpty();
      assertThat(context.points().getLast().at()).isEqualTo("2026-11-20T04:00:00Z");
    }
  }

  @Test
  void saysThatAMetricHasNoPoints() throws Exception {
    try (TestHost host = newHost()) {
      AlertContext context = host.step(CollectContext.class).run(about("ad_clicks"));
      assertThat(context.hasData()).isFalse();
      assertThat(context.text()).contains("no points in the last 35 days for site cafe");
      assertThat(host.step(DrawChart.class).failure(new DrawChart.Input(context, "-")))
          .asInstanceOf(type(StepFailure.BusinessError.class))
          .satisfies(error -> assertThat(error.code()).isEqualTo("NO_POINTS"));
    }
  }

  @Test
  void namesTheSegmentAndWhereItIs() throws Exception {
    try (TestHost host = newHost()) {
      Explanation explanation = host.step(ExplainChange.class).run(ratio());
      assertThat(explanation.explained()).isTrue();
      assertThat(explanation.comparedWith()).isEqualTo("the same time of 4 weeks before");
      assertThat(explanation.causes().getFirst().dimension()).isEqualTo("segment");
      assertThat(explanation.causes().getFirst().segments()).containsExactly("18-24");
      assertThat(explanation.causes().getFirst().within()).containsEntry("campaign", "lunch");
      assertThat(explanation.text())
          .contains("Cost per conversion went from 3.3", "Segment 18-24 explains", "campaign lunch")
          .doesNotContain("site");
      assertThat(explanation.parts().stream().map(Contribution::share))
          .satisfies(
              shares ->
                  assertThat(
                          shares.stream()
                              .mapToDouble(one -> ((BigDecimal) one).doubleValue())
                              .sum())
                      .isBetween(0.98, 1.02));
    }
  }

  @Test
  void explainsTheDailyResultsOfCampaigns() throws Exception {
    try (TestHost host = newHost()) {
      Explanation explanation =
          host.step(ExplainChange.class).run(campaigns("cost", "conversions"));
      assertThat(explanation.causes())
          .filteredOn(cause -> cause.dimension().equals("variant"))
          .singleElement()
          .satisfies(
              cause -> {
                assertThat(cause.segments()).containsExactly("photo");
                assertThat(cause.within()).containsEntry("campaign", "dinner");
              });
      assertThat(host.step(ExplainChange.class).failure(campaigns("cost", "likes")))
          .asInstanceOf(type(StepFailure.BusinessError.class))
          .satisfies(error -> assertThat(error.code()).isEqualTo("UNKNOWN_RESULT"));
    }
  }

  @Test
  void comparesOnlyDaysThatAreKnown() throws Exception {
    try (TestHost host = newHost()) {
      AlertContext context =
          host.step(CollectContext.class).run(about("day_visits", Map.of(), Gathering.SUM));
      assertThat(context.from()).isEqualTo("2026-11-18T23:00:00Z");
      assertThat(context.to()).isEqualTo("2026-11-19T23:00:00Z");
      ExplainChange.Input since =
          sum(context.from(), context.to(), ExplainChange.Source.METRICS, "day_visits");
      Explanation explanation = host.step(ExplainChange.class).run(since);
      assertThat(explanation.before()).hasValueSatisfying(it -> assertThat(it).isEqualTo("40"));
      assertThat(explanation.after()).isEqualTo(explanation.before());
    }
  }

  @Test
  void comparesOnlyDaysWhoseResultsAreImported() throws Exception {
    try (TestHost host = newHost()) {
      ExplainChange.Input late =
          sum(
              Instant.parse("2026-11-18T06:00:00Z"),
              Instant.parse("2026-11-22T12:00:00Z"),
              ExplainChange.Source.CAMPAIGNS,
              "clicks");
      Explanation explanation = host.step(ExplainChange.class).run(late);
      assertThat(explanation.before()).hasValueSatisfying(it -> assertThat(it).isEqualTo("800"));
      assertThat(explanation.after()).isEqualTo(explanation.before());
    }
  }

  @Test
  void aChangeOnTheFirstDayOutOfOrderCoincides() throws Exception {
    try (TestHost host = newHost()) {
      AlertContext context =
          host.step(CollectContext.class).run(about("day_orders", Map.of(), Gathering.MEAN));
      assertThat(context.from()).isEqualTo("2026-11-19T23:00:00Z");
      assertThat(context.changes()).singleElement().matches(Applied::coincides, "coincides");
    }
  }

  private static ExplainChange.Input sum(
      Instant from, Instant to, ExplainChange.Source source, String numerator) {
    return new ExplainChange.Input(
        Map.of(), from, to, "The sum", "1", source, numerator, Optional.empty(), 4);
  }

  @Test
  void saysThatThereIsNothingToCompare() throws Exception {
    try (TestHost host = newHost()) {
      ExplainChange.Input later =
          new ExplainChange.Input(
              Map.of("site", "elsewhere"),
              BROKEN,
              NOW,
              "Cost",
              "EUR",
              ExplainChange.Source.METRICS,
              "ad_cost",
              Optional.empty(),
              4);
      Explanation explanation = host.step(ExplainChange.class).run(later);
      assertThat(explanation.explained()).isFalse();
      assertThat(explanation.text()).contains("nothing can be compared");
      Remedies remedies =
          host.step(SuggestRemedies.class).run(remedies(explanation, List.of(), List.of()));
      assertThat(remedies.plan()).isEqualTo(Plan.NONE);
      assertThat(remedies.suggestions()).extracting(Suggestion::kind).containsExactly(Kind.WATCH);
    }
  }

  @Test
  void wantsToTakeBackTheOwnChangeThatCoincidesAndElseToLeaveTheSegmentOut() throws Exception {
    try (TestHost host = newHost()) {
      Explanation explanation = host.step(ExplainChange.class).run(ratio());
      List<Applied> changes =
          host.step(CollectContext.class).run(about("ad_cost_per_conversion")).changes();

      Remedies undo =
          host.step(SuggestRemedies.class).run(remedies(explanation, changes, List.of()));
      assertThat(undo.plan()).isEqualTo(Plan.UNDO);
      assertThat(undo.undo()).contains(UUID.fromString(AlertDatabase.CHANGE_SET));
      assertThat(undo.targeting()).isEmpty();
      assertThat(undo.suggestions())
          .extracting(Suggestion::kind)
          .containsExactly(Kind.UNDO, Kind.LEAVE_OUT_SEGMENT, Kind.WATCH);
      assertThat(undo.text()).contains("Take back: Reach 18-24", "Expected: 3.");

      Remedies narrow =
          host.step(SuggestRemedies.class).run(remedies(explanation, List.of(), List.of()));
      assertThat(narrow.plan()).isEqualTo(Plan.CAMPAIGNS);
      assertThat(narrow.targeting())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.adSetId()).isEqualTo("lunch-all");
                assertThat(one.segment()).isEqualTo("18-24");
                assertThat(one.effect()).startsWith("Expected: 3.").contains("EUR instead of 3.");
              });
      assertThat(
              host.step(SuggestRemedies.class)
                  .run(remedies(explanation, List.of(), List.of("lunch")))
                  .plan())
          .isEqualTo(Plan.NONE);
    }
  }

  @Test
  void pausesTheVariantThatExplainsIt() throws Exception {
    try (TestHost host = newHost()) {
      Explanation explanation =
          host.step(ExplainChange.class).run(campaigns("cost", "conversions"));
      assertThat(
              host.step(SuggestRemedies.class)
                  .run(remedies(explanation, List.of(), List.of()))
                  .pauses())
          .singleElement()
          .satisfies(
              pause -> {
                assertThat(pause.adSetId()).isEqualTo("dinner-all");
                assertThat(pause.variant()).isEqualTo("photo");
              });
    }
  }

  @Test
  void storesAPictureThatOthersMayOpen() throws Exception {
    try (TestHost host = newHost()) {
      DrawChart.Output drawn = host.step(DrawChart.class).run(chart(host));
      Artifact stored = host.artifacts().newest("shared/alert-chart").orElseThrow();
      assertThat(drawn.sha256()).contains(stored.sha256());
      assertThat(stored.mediaType()).isEqualTo("image/png");
      try (InputStream in = host.artifacts().open(stored.sha256())) {
        BufferedImage image = ImageIO.read(in);
        assertThat(image.getWidth()).isEqualTo(drawn.width()).isEqualTo(1200);
        assertThat(image.getHeight()).isEqualTo(drawn.height());
      }
    }
  }

  private static DrawChart.Input chart(TestHost host) throws Exception {
    return new DrawChart.Input(
        host.step(CollectContext.class).run(about("ad_cost_per_conversion")),
        host.step(ExplainChange.class).run(ratio()).text());
  }

  /** The contract of each step, on the same database. */
  private abstract static class OnDatabase<I extends Record, O extends Record>
      extends StepContract<I, O> {

    @Override
    protected TestHost host() {
      return newHost();
    }
  }

  @Nested
  class CollectsContext extends OnDatabase<CollectContext.Input, AlertContext> {

    @Override
    protected Class<? extends Step<CollectContext.Input, AlertContext>> step() {
      return CollectContext.class;
    }

    @Override
    protected List<CollectContext.Input> inputs() {
      return List.of(about("ad_cost_per_conversion"), about("unknown"));
    }
  }

  @Nested
  class ExplainsChange extends OnDatabase<ExplainChange.Input, Explanation> {

    @Override
    protected Class<? extends Step<ExplainChange.Input, Explanation>> step() {
      return ExplainChange.class;
    }

    @Override
    protected List<ExplainChange.Input> inputs() {
      return List.of(ratio(), campaigns("conversions", "clicks"));
    }
  }

  @Nested
  class SuggestsRemedies extends OnDatabase<SuggestRemedies.Input, Remedies> {

    @Override
    protected Class<? extends Step<SuggestRemedies.Input, Remedies>> step() {
      return SuggestRemedies.class;
    }

    @Override
    protected List<SuggestRemedies.Input> inputs() throws Exception {
      try (TestHost host = newHost()) {
        return List.of(remedies(host.step(ExplainChange.class).run(ratio()), List.of(), List.of()));
      }
    }
  }

  @Nested
  class DrawsChart extends OnDatabase<DrawChart.Input, DrawChart.Output> {

    private TestHost loaded;

    @Override
    protected TestHost host() {
      loaded = newHost();
      return loaded;
    }

    @Override
    protected Class<? extends Step<DrawChart.Input, DrawChart.Output>> step() {
      return DrawChart.class;
    }

    @Override
    protected List<DrawChart.Input> inputs() throws Exception {
      try (TestHost host = newHost()) {
        return List.of(chart(host));
      }
    }

    @Override
    protected OptionalLong effects() throws Exception {
      return OptionalLong.of(loaded.artifacts().history("shared/alert-chart", 100).size());
    }
  }
}
