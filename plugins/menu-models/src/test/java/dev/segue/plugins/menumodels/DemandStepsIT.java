package dev.segue.plugins.menumodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.plugins.menumodels.demand.MadeUpSales;
import dev.segue.plugins.menumodels.demand.Sale;
import dev.segue.plugins.menumodels.matrix.MenuClass;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Artifact;
import dev.segue.sdk.Site;
import dev.segue.testkit.InMemoryArtifacts;
import dev.segue.testkit.TestHost;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandStepsIT {

  private static final int DAYS = 240;
  private static final LocalDate TODAY = MadeUpSales.FIRST.plusDays(DAYS);
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = TODAY.atTime(7, 0).atZone(ZONE).toInstant();
  private static final Site SITE =
      new Site(
          DemandDatabase.SITE,
          "Corner Café",
          ZONE,
          Currency.getInstance("EUR"),
          LocalTime.MIDNIGHT,
          Map.of());
  private static final TrainDemand.Input TRAINING =
      new TrainDemand.Input(Algorithm.XGBOOST, 1095, 28, 1);

  @TempDir private static Path folder;
  private static DemandDatabase database;

  private TestHost host;

  @BeforeAll
  static void start() {
    database = new DemandDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    database.reset();
    host =
        TestHost.of("menu-models", new MenuModelsPlugin())
            .site(SITE)
            .now(NOW)
            .data(database.source());
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  private ForecastDemand.Output forecast(int days) {
    return host.step(ForecastDemand.class).run(new ForecastDemand.Input(days));
  }

  @Test
  void withoutAModelTheForecastIsNaiveAndSaysSo() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));

    ForecastDemand.Output output = forecast(7);

    assertThat(output.method()).isEqualTo("seasonal-average");
    assertThat(output.naiveBecause()).hasValueSatisfying(why -> assertThat(why).contains("model"));
    assertThat(output.modelSha256()).isEmpty();
    assertThat(output.from()).isEqualTo(TODAY);
    assertThat(output.to()).isEqualTo(TODAY.plusDays(6));
    assertThat(output.forecasts()).isEqualTo(21);
    assertThat(output.items()).isEqualTo(3);
    assertThat(output.outlook())
        .extracting(ForecastDemand.Outlook::itemId)
        .containsExactly("tea", "cake", "beans");
    assertThat(
            database.count(
                "select count(*) from data.forecast where method = 'seasonal-average'"
                    + " and low is null and made_on = '"
                    + TODAY
                    + "'"))
        .isEqualTo(21);
  }

  @Test
  void aTrainedModelIsKeptWithItsProvenanceAndForecasts() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));

    TrainDemand.Output trained = host.step(TrainDemand.class).run(TRAINING);
    ForecastDemand.Output output = forecast(14);
    ForecastDemand.Output again = forecast(14);

    assertThat(trained.beatsNaive()).isTrue();
    assertThat(trained.quality()).extracting(Quality::daysAhead).containsExactly(1, 7, 14);
    assertThat(trained.quality().getFirst().improvementPercent())
        .isGreaterThan(BigDecimal.valueOf(20));
    assertThat(output.method()).isEqualTo("xgboost");
    assertThat(output.naiveBecause()).isEmpty();
    assertThat(output.modelSha256()).isEqualTo(trained.modelSha256()).isPresent();
    assertThat(again).isEqualTo(output);
    assertThat(database.count("select count(*) from data.forecast")).isEqualTo(42);
    assertThat(
            database.count(
                "select count(*) from data.forecast where low < quantity and quantity < high"))
        .isEqualTo(42);
    Artifact artifact = host.artifacts().newest("demand/corner-cafe").orElseThrow();
    assertThat(artifact.sha256()).isEqualTo(trained.modelSha256().orElseThrow());
    assertThat(artifact.metadata())
        .containsEntry("setting.seed", "1")
        .containsEntry("setting.algorithm", "xgboost")
        .containsEntry("data.from", MadeUpSales.FIRST.toString())
        .containsEntry("data.to", TODAY.minusDays(1).toString())
        .containsEntry("library.tribuo", "4.3.2")
        .containsKeys(
            "data.sha256",
            "features.version",
            "library.xgboost4j",
            "tested.xgboost.1",
            "tested.seasonal-naive.14",
            "tribuo.1");
  }

  @Test
  void repeatingATrainingKeepsOneModel() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));

    TrainDemand.Output first = host.step(TrainDemand.class).run(TRAINING);
    TrainDemand.Output second = host.step(TrainDemand.class).run(TRAINING);

    assertThat(second.modelSha256()).isEqualTo(first.modelSha256());
    assertThat(second.quality()).isEqualTo(first.quality());
    assertThat(database.count("select count(*) from demand_model")).isEqualTo(1);
  }

  @Test
  void simulatingTrainsAndForecastsButKeepsNothing() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));

    TrainDemand.Output trained = host.step(TrainDemand.class).simulate(TRAINING);
    ForecastDemand.Output output =
        host.step(ForecastDemand.class).simulate(new ForecastDemand.Input(3));

    assertThat(trained.modelSha256()).isEmpty();
    assertThat(trained.quality()).hasSize(3);
    assertThat(output.forecasts()).isEqualTo(9);
    assertThat(output.method()).as("simulated steps share what they learnt").isEqualTo("xgboost");
    assertThat(forecast(3).method()).as("others don't know it").isEqualTo("seasonal-average");
    assertThat(database.count("select count(*) from demand_model")).isZero();
    assertThat(database.count("select count(*) from data.forecast where model_sha256 is not null"))
        .isZero();
  }

  @Test
  void aRehearsedModelServesItsWeekWhileItsSalesStay() throws Exception {
    List<Sale> sales = MadeUpSales.sales(DAYS, 1);
    database.load(sales);
    LocalDate monday = RehearsedModels.monday(TODAY.minusDays(7));
    host.now(at(monday.plusDays(2)));
    TrainDemand.Output trained = host.step(TrainDemand.class).simulate(TRAINING);
    assertThat(trained.to()).as("as on the Monday before").isEqualTo(monday.minusDays(1));

    assertThat(rehearsed()).isEqualTo("xgboost");
    host.now(at(monday));
    assertThat(rehearsed()).isEqualTo("xgboost");
    assertThat(host.step(TrainDemand.class).simulate(TRAINING)).isEqualTo(trained);
    host.now(at(monday.minusDays(1)));
    assertThat(rehearsed()).as("it would have looked ahead").isEqualTo("seasonal-average");
    host.now(at(monday.plusDays(7)));
    assertThat(rehearsed()).as("another one is due").isEqualTo("seasonal-average");

    database.reset();
    database.load(sales.subList(1, sales.size()));
    host.now(at(monday));
    assertThat(rehearsed()).as("it learnt from other sales").isEqualTo("seasonal-average");
  }

  private static Instant at(LocalDate day) {
    return day.atTime(7, 0).atZone(ZONE).toInstant();
  }

  private String rehearsed() {
    return host.step(ForecastDemand.class).simulate(new ForecastDemand.Input(3)).method();
  }

  @Test
  void aRehearsalDoesNotKnowModelsTrainedLater() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));
    host.step(TrainDemand.class).run(TRAINING);

    host.now(NOW.minus(2, ChronoUnit.DAYS));

    assertThat(forecast(3).method()).isEqualTo("seasonal-average");
  }

  @Test
  void aTamperedModelIsNotUsed() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));
    TrainDemand.Output trained = host.step(TrainDemand.class).run(TRAINING);
    InMemoryArtifacts tampered = new InMemoryArtifacts();
    byte[] bytes;
    try (var in = host.artifacts().open(trained.modelSha256().orElseThrow())) {
      bytes = in.readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    Artifact other =
        tampered.put("demand/x", "application/x", new ByteArrayInputStream(bytes), Map.of());
    host.artifacts(new SwappedArtifacts(tampered, other.sha256()));

    ForecastDemand.Output output = forecast(3);

    assertThat(output.method()).isEqualTo("seasonal-average");
    assertThat(output.naiveBecause()).hasValueSatisfying(why -> assertThat(why).contains("hash"));
  }

  @Test
  void aDayOfRestGetsNoForecast() throws Exception {
    List<Sale> sales =
        MadeUpSales.sales(DAYS, 1).stream()
            .filter(sale -> sale.day().getDayOfWeek() != DayOfWeek.MONDAY)
            .toList();
    database.load(sales);

    assertThat(forecast(7).forecasts()).isEqualTo(18);
    assertThat(
            database.count(
                "select count(*) from data.forecast where extract(isodow from business_date) = 1"))
        .isZero();
  }

  @Test
  void oldSalesAreForecastNaively() throws Exception {
    database.load(MadeUpSales.sales(DAYS - 10, 1));

    ForecastDemand.Output output = forecast(7);

    assertThat(output.naiveBecause())
        .hasValueSatisfying(why -> assertThat(why).contains("too long ago"));
    assertThat(output.salesKnownTo()).isEqualTo(TODAY.minusDays(11));
    assertThat(output.from()).isEqualTo(TODAY);
  }

  @Test
  void evaluatesBesideTheNaiveMethods() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));

    EvaluateForecasts.Output output =
        host.step(EvaluateForecasts.class)
            .run(new EvaluateForecasts.Input(Algorithm.XGBOOST, 1095, 28, 28, 1));

    assertThat(output.days()).isEqualTo(28);
    assertThat(output.items()).isEqualTo(3);
    assertThat(output.quality()).hasSize(3);
    assertThat(output.testedTo()).isEqualTo(TODAY.minusDays(1));
    assertThat(host.progress()).isNotEmpty();
  }

  @Test
  void sortsTheMenuByTheCostsOfTheCatalogue() throws Exception {
    database.load(MadeUpSales.sales(DAYS, 1));
    database.sql(
        "insert into data.item_row (site_id, item_id, name, category, price, unit_cost, currency)"
            + " values ('corner-cafe', 'tea', 'Tea', 'drinks', 2, 0.40, 'EUR'),"
            + " ('corner-cafe', 'cake', 'Cake', 'sweets', 2, 1.50, 'EUR'),"
            + " ('corner-cafe', 'beans', 'Beans', 'retail', 2, null, 'EUR')");

    SortMenu.Output output =
        host.step(SortMenu.class).run(new SortMenu.Input(28, Optional.empty()));

    assertThat(output.items())
        .extracting(SortMenu.Item::name, SortMenu.Item::menuClass)
        .containsExactly(tuple("Tea", MenuClass.STAR), tuple("Cake", MenuClass.DOG));
    assertThat(output.items().getFirst().margin()).isEqualByComparingTo("1.6");
    assertThat(output.withoutCost()).extracting(SortMenu.Uncosted::name).containsExactly("Beans");
    assertThat(output.withoutCostCount()).isEqualTo(1);
    assertThat(output.stars() + output.plowHorses() + output.puzzles() + output.dogs())
        .isEqualTo(2);
    assertThat(output.currency()).isEqualTo("EUR");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(error(host.step(ForecastDemand.class).failure(new ForecastDemand.Input(7))))
        .contains("Import sales");
    assertThat(error(host.step(TrainDemand.class).failure(TRAINING))).contains("Import more sales");
    database.load(MadeUpSales.sales(60, 1));
    host.now(MadeUpSales.FIRST.plusDays(60).atTime(7, 0).atZone(ZONE).toInstant());
    assertThat(error(host.step(TrainDemand.class).failure(TRAINING)))
        .contains("60 days of sales")
        .contains("84");
  }

  private static String error(StepFailure failure) {
    assertThat(failure).isInstanceOf(StepFailure.BusinessError.class);
    return failure.toString();
  }
}
