package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.changes.PriceEnding;
import dev.segue.plugins.menumodels.demand.MadeUpSales;
import dev.segue.plugins.menumodels.matrix.MenuClass;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.testkit.StepContract;
import dev.segue.testkit.TestHost;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What every step promises, on a database with four months of sales. */
class ContractsIT {

  private static final int DAYS = 120;
  private static final LocalDate TODAY = MadeUpSales.FIRST.plusDays(DAYS);
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Site SITE =
      new Site(
          DemandDatabase.SITE,
          "Corner Café",
          ZONE,
          Currency.getInstance("EUR"),
          LocalTime.MIDNIGHT,
          Map.of());

  @TempDir private static Path folder;
  private static DemandDatabase database;

  @BeforeAll
  static void start() {
    database = new DemandDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private abstract static class OfMenuModels<I extends Record, O extends Record>
      extends StepContract<I, O> {

    private final Class<? extends Step<I, O>> step;
    private final I input;

    OfMenuModels(Class<? extends Step<I, O>> step, I input) {
      this.step = step;
      this.input = input;
    }

    @Override
    protected TestHost host() throws Exception {
      database.reset();
      database.load(MadeUpSales.sales(DAYS, 1));
      database.sql(
          "insert into data.item_row (site_id, item_id, name, price, unit_cost, currency) values"
              + " ('corner-cafe', 'tea', 'Tea', 2, 0.40, 'EUR'),"
              + " ('corner-cafe', 'cake', 'Cake', 2, 1.50, 'EUR')");
      return TestHost.of("menu-models", new MenuModelsPlugin())
          .site(SITE)
          .now(TODAY.atTime(7, 0).atZone(ZONE).toInstant())
          .data(database.source());
    }

    @Override
    protected Class<? extends Step<I, O>> step() {
      return step;
    }

    @Override
    protected List<I> inputs() {
      return List.of(input);
    }
  }

  @Nested
  class OfTrainDemand extends OfMenuModels<TrainDemand.Input, TrainDemand.Output> {

    OfTrainDemand() {
      super(TrainDemand.class, new TrainDemand.Input(Algorithm.XGBOOST, 1095, 14, 1));
    }

    @Override
    protected OptionalLong effects() throws Exception {
      return OptionalLong.of(database.count("select count(*) from demand_model"));
    }
  }

  @Nested
  class OfForecastDemand extends OfMenuModels<ForecastDemand.Input, ForecastDemand.Output> {

    OfForecastDemand() {
      super(ForecastDemand.class, new ForecastDemand.Input(7));
    }

    @Override
    protected OptionalLong effects() throws Exception {
      return OptionalLong.of(database.count("select count(distinct made_on) from data.forecast"));
    }
  }

  @Nested
  class OfEvaluateForecasts
      extends OfMenuModels<EvaluateForecasts.Input, EvaluateForecasts.Output> {

    OfEvaluateForecasts() {
      super(
          EvaluateForecasts.class, new EvaluateForecasts.Input(Algorithm.XGBOOST, 1095, 14, 14, 1));
    }
  }

  @Nested
  class OfSortMenu extends OfMenuModels<SortMenu.Input, SortMenu.Output> {

    OfSortMenu() {
      super(SortMenu.class, new SortMenu.Input(28, Optional.empty()));
    }
  }

  @Nested
  class OfProposeChanges extends OfMenuModels<ProposeChanges.Input, ProposeChanges.Output> {

    OfProposeChanges() {
      super(
          ProposeChanges.class,
          new ProposeChanges.Input(
              List.of(
                  new SortMenu.Item(
                      "tea",
                      "Tea",
                      "",
                      MenuClass.PLOW_HORSE,
                      BigDecimal.TEN,
                      new BigDecimal("0.5"),
                      BigDecimal.TEN,
                      BigDecimal.ONE,
                      new BigDecimal("6"))),
              new BigDecimal("6.50"),
              List.of(
                  new ForecastDemand.Outlook(
                      "tea", new BigDecimal("70"), new BigDecimal("70"), Optional.empty())),
              TODAY,
              TODAY.plusDays(6),
              new BigDecimal("55"),
              3,
              new BigDecimal("4"),
              PriceEnding.ZERO_OR_FIVE,
              28,
              new BigDecimal("0.8"),
              3,
              new BigDecimal("20"),
              7,
              14,
              new BigDecimal("2.5")));
    }
  }
}
