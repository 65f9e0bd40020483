package dev.segue.plugins.campaignmodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.segue.plugins.campaignmodels.AdSetTest.Variant;
import dev.segue.plugins.campaignmodels.PlanBudgets.Goal;
import dev.segue.plugins.campaignmodels.PlanBudgets.Limit;
import dev.segue.plugins.campaignmodels.PlanBudgets.Move;
import dev.segue.plugins.campaignmodels.PlanBudgets.Running;
import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice.Advice;
import dev.segue.plugins.campaignmodels.variants.Verdict;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps on a database that holds campaigns with known differences. */
class CampaignStepsIT {

  private static final LocalDate LAST = LocalDate.parse("2026-11-20");
  private static final LocalDate CHANGED = LAST.minusDays(9);
  private static final Site SITE =
      new Site(
          CampaignDatabase.SITE,
          "Corner Café",
          ZoneId.of("Europe/Berlin"),
          Currency.getInstance("EUR"),
          LocalTime.of(4, 0),
          Map.of());

  @TempDir private static Path folder;
  private static CampaignDatabase database;

  /**
   * Lunch bends early, dinner late; brunch is the control. On the tenth last day lunch collapses,
   * and dinner sells at half the price.
   */
  @BeforeAll
  static void start() throws Exception {
    database = new CampaignDatabase(folder);
    database.clear();
    for (int i = 0; i < 42; i++) {
      LocalDate day = LAST.minusDays(41 - i);
      double cost = 40 + 10 * (i % 7);
      int fall = day.isBefore(CHANGED) ? 1 : 2;
      lunch(day, "plain", "18-24", 150, 1, cost / 4);
      lunch(day, "plain", "25-54", 150, 14 / fall, cost / 4);
      lunch(day, "photo", "18-24", 150, 2, cost / 4);
      lunch(day, "photo", "25-54", 150, 36 / fall, cost / 4);
      long dinner = Math.round(200 * cost / (cost + 400));
      database.day(day, "dinner", "", "", 300, dinner, cost);
      database.day(day, "brunch", "", "", 300, 30, 50);
    }
    database.halveRevenue("dinner", CHANGED);
  }

  private static void lunch(
      LocalDate day, String variant, String segment, long clicks, long conversions, double cost)
      throws Exception {
    database.day(day, "lunch", variant, segment, clicks, conversions, cost);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static TestHost newHost() {
    return TestHost.of("campaign-models", new CampaignModelsPlugin())
        .site(SITE)
        .now(Instant.parse("2026-11-21T06:00:00Z"))
        .data(database.source());
  }

  private static CompareVariants.Input comparison() {
    return new CompareVariants.Input(
        CompareVariants.Metric.CONVERSIONS_PER_CLICK,
        28,
        Optional.empty(),
        Optional.of("plain"),
        new BigDecimal("5"),
        1000,
        7,
        BigDecimal.ONE);
  }

  private static PlanBudgets.Input budgets(Limit... limits) {
    return new PlanBudgets.Input(
        List.of(
            new Running("lunch", "Lunch", new BigDecimal("70.00"), true),
            new Running("dinner", "Dinner", new BigDecimal("70.00"), true),
            new Running("brunch", "Brunch", new BigDecimal("50.00"), true),
            new Running("new", "New", new BigDecimal("10.00"), true)),
        List.of(limits),
        List.of("brunch"),
        Goal.CONVERSIONS,
        42,
        Optional.of(CHANGED.minusDays(1)),
        new BigDecimal("20"));
  }

  private static SuggestTargeting.Input targeting(String... held) {
    return new SuggestTargeting.Input(
        28,
        Optional.empty(),
        new BigDecimal("0.7"),
        new BigDecimal("1.33"),
        new BigDecimal("95"),
        new BigDecimal("60"),
        List.of(held));
  }

  private static MeasureEffect.Input effect(String... control) {
    return new MeasureEffect.Input(CHANGED, 14, List.of(control), List.of(), Goal.CONVERSIONS);
  }

  @Test
  void namesTheBetterVariantAndPausesTheOther() throws Exception {
    try (TestHost host = newHost()) {
      CompareVariants.Output output = host.step(CompareVariants.class).run(comparison());
      assertThat(output.tests())
          .singleElement()
          .satisfies(
              test -> {
                assertThat(test.adSet()).isEqualTo("Lunch, young people");
                assertThat(test.variants())
                    .extracting(Variant::variant, Variant::verdict)
                    .containsExactly(
                        tuple("plain", Verdict.BASELINE), tuple("photo", Verdict.WINNER));
              });
      assertThat(output.pauses())
          .singleElement()
          .satisfies(pause -> assertThat(pause.variant()).isEqualTo("plain"))
          .satisfies(pause -> assertThat(pause.reason()).contains("photo in "));
      assertThat(output.wanted())
          .singleElement()
          .satisfies(wanted -> assertThat(wanted.best()).isEqualTo("photo"));
    }
  }

  @Test
  void looksBackAYearAndComparesWithTheLongestRunningUnlessTold() throws Exception {
    try (TestHost host = newHost()) {
      assertThat(host.step(CompareVariants.class).attempt("{}"))
          .asInstanceOf(type(StepResult.Completed.class))
          .extracting(completed -> completed.value().toString(), STRING)
          .contains("\"from\":\"" + LAST.minusDays(364) + "\"")
          .containsSubsequence("\"variant\":\"photo\",\"verdict\":\"BASELINE\"", "\"WORSE\"");
    }
  }

  @Test
  void movesMoneyWithinLimitsAndTotalAndLeavesTheControlAlone() throws Exception {
    try (TestHost host = newHost()) {
      PlanBudgets.Output output = host.step(PlanBudgets.class).run(budgets());
      assertThat(output.leftAlone()).containsExactly("brunch", "new");
      assertThat(output.moves()).extracting(Move::campaignId).containsExactly("lunch", "dinner");
      assertThat(output.moves().stream().map(Move::to).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("140.00");
      assertThat(output.expectedAfter()).isGreaterThan(output.expectedNow());
      Limit floor = new Limit("lunch", new BigDecimal("69.50"), Optional.empty());
      assertThat(host.step(PlanBudgets.class).run(budgets(floor)).moves())
          .filteredOn(move -> move.campaignId().equals("lunch"))
          .allSatisfy(
              move -> assertThat(move.to()).isGreaterThanOrEqualTo(new BigDecimal("69.50")));
    }
  }

  @Test
  void namesTheLimitThatCannotBeKept() throws Exception {
    try (TestHost host = newHost()) {
      Limit high = new Limit("lunch", new BigDecimal("200"), Optional.empty());
      assertThat(host.step(PlanBudgets.class).failure(budgets(high)))
          .asInstanceOf(type(StepFailure.BusinessError.class))
          .satisfies(error -> assertThat(error.code()).isEqualTo("LIMITS_INFEASIBLE"))
          .satisfies(error -> assertThat(error.message()).contains("limits[lunch].floor"));
      Limit unknown = new Limit("supper", BigDecimal.ZERO, Optional.empty());
      assertThat(host.step(PlanBudgets.class).failure(budgets(unknown)).message())
          .contains("limits[supper]", "no such campaign");
    }
  }

  @Test
  void narrowsTheSegmentThatBringsLittle() throws Exception {
    try (TestHost host = newHost()) {
      assertThat(host.step(SuggestTargeting.class).run(targeting()).moves())
          .extracting(SuggestTargeting.Move::segment, SuggestTargeting.Move::advice)
          .containsExactly(tuple("18-24", Advice.NARROW), tuple("25-54", Advice.WIDEN));
      assertThat(host.step(SuggestTargeting.class).run(targeting("lunch-young")).moves()).isEmpty();
    }
  }

  @Test
  void seesThatTheChangeMadeItWorseAndSaysWhenItCannotTell() throws Exception {
    try (TestHost host = newHost()) {
      MeasureEffect.Output output = host.step(MeasureEffect.class).run(effect("brunch"));
      assertThat(output.verdict()).isEqualTo(MeasureEffect.Verdict.WORSE);
      assertThat(output.daysAfter()).isEqualTo(10);
      assertThat(output.summary()).startsWith("Beside the control, conversions changed by -");
      assertThat(host.step(MeasureEffect.class).run(effect()).verdict())
          .isEqualTo(MeasureEffect.Verdict.UNMEASURABLE);
    }
  }

  @Test
  void measuresOnlyWhatWasChangedAndByTheGoal() throws Exception {
    String dinner = database.applied("campaign-budget", "dinner").toString();
    String lunch = database.applied("variant-status", "lunch-young/plain").toString();
    try (TestHost host = newHost()) {
      assertThat(measured(host, Goal.CONVERSIONS, lunch).verdict())
          .isEqualTo(MeasureEffect.Verdict.WORSE);
      assertThat(measured(host, Goal.CONVERSIONS, dinner).verdict())
          .isEqualTo(MeasureEffect.Verdict.UNCLEAR);
      MeasureEffect.Output revenue = measured(host, Goal.REVENUE, dinner);
      assertThat(revenue.verdict()).isEqualTo(MeasureEffect.Verdict.WORSE);
      assertThat(revenue.summary()).startsWith("Beside the control, revenue changed by -");
      MeasureEffect.Output nothing = measured(host, Goal.REVENUE, UUID.randomUUID().toString());
      assertThat(nothing.verdict()).isEqualTo(MeasureEffect.Verdict.UNMEASURABLE);
      assertThat(nothing.summary()).contains("campaigns that were changed", "revenue");
    }
  }

  private static MeasureEffect.Output measured(TestHost host, Goal goal, String changeSet)
      throws Exception {
    return host.step(MeasureEffect.class)
        .run(new MeasureEffect.Input(CHANGED, 14, List.of("brunch"), List.of(changeSet), goal));
  }

  @Test
  void looksAtWholeDaysBeforeTheNowOfTheRun() throws Exception {
    try (TestHost host = newHost().now(Instant.parse("2026-10-20T06:00:00Z"))) {
      assertThat(host.step(CompareVariants.class).run(comparison()).to())
          .isEqualTo(LocalDate.parse("2026-10-19"));
    }
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
  class ComparesVariants extends OnDatabase<CompareVariants.Input, CompareVariants.Output> {

    @Override
    protected Class<? extends Step<CompareVariants.Input, CompareVariants.Output>> step() {
      return CompareVariants.class;
    }

    @Override
    protected List<CompareVariants.Input> inputs() {
      return List.of(comparison());
    }
  }

  @Nested
  class PlansBudgets extends OnDatabase<PlanBudgets.Input, PlanBudgets.Output> {

    @Override
    protected Class<? extends Step<PlanBudgets.Input, PlanBudgets.Output>> step() {
      return PlanBudgets.class;
    }

    @Override
    protected List<PlanBudgets.Input> inputs() {
      return List.of(budgets());
    }
  }

  @Nested
  class SuggestsTargeting extends OnDatabase<SuggestTargeting.Input, SuggestTargeting.Output> {

    @Override
    protected Class<? extends Step<SuggestTargeting.Input, SuggestTargeting.Output>> step() {
      return SuggestTargeting.class;
    }

    @Override
    protected List<SuggestTargeting.Input> inputs() {
      return List.of(targeting());
    }
  }

  @Nested
  class MeasuresEffect extends OnDatabase<MeasureEffect.Input, MeasureEffect.Output> {

    @Override
    protected Class<? extends Step<MeasureEffect.Input, MeasureEffect.Output>> step() {
      return MeasureEffect.class;
    }

    @Override
    protected List<MeasureEffect.Input> inputs() {
      return List.of(effect("brunch"), effect());
    }
  }
}
