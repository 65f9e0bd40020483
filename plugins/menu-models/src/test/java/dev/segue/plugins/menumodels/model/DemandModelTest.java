package dev.segue.plugins.menumodels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.plugins.menumodels.demand.Absent;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.demand.MadeUpSales;
import dev.segue.plugins.menumodels.demand.Origin;
import dev.segue.plugins.menumodels.demand.Sale;
import dev.segue.plugins.menumodels.demand.Surroundings;
import dev.segue.plugins.menumodels.demand.Target;
import dev.segue.plugins.menumodels.demand.WalkForward;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DemandModelTest {

  private static final int DAYS = 600;
  private static final TrainingSettings SETTINGS =
      TrainingSettings.of(Algorithm.XGBOOST, 1).withTrees(150);

  private static DemandData data(List<Sale> sales) {
    return new DemandData(DemandHistory.of(sales, Absent.UNKNOWN), MadeUpSales.fairs(DAYS));
  }

  private static double[] twoWeeks(DemandModel model, DemandData data, int origin) {
    List<Target> targets = new ArrayList<>();
    for (int day = origin + 1; day <= origin + 14; day++) {
      for (int item = 0; item < data.history().items().size(); item++) {
        targets.add(new Target(item, day));
      }
    }
    return model.forItems(data.history().items()).forecast(targets, data.asOf(origin));
  }

  @Test
  void beatsTheNaiveMethodsWhereThereIsStructureToLearn() {
    DemandHistory history = DemandHistory.of(MadeUpSales.sales(DAYS, 1), Absent.UNKNOWN);

    Evaluation evaluation =
        new WalkForward(List.of(1, 14), 60)
            .evaluate(
                history,
                MadeUpSales.fairs(DAYS),
                DAYS - 60,
                "xgboost",
                new DemandTrainer(SETTINGS).learner(),
                done -> {});

    assertThat(evaluation.improvement(1)).isGreaterThan(0.35);
    assertThat(evaluation.improvement(14)).isGreaterThan(0.25);
    assertThat(evaluation.beatsNaive()).isTrue();
  }

  @Test
  void aForestBeatsTheNaiveMethodsToo() {
    DemandHistory history = DemandHistory.of(MadeUpSales.sales(DAYS, 1), Absent.UNKNOWN);

    Evaluation evaluation =
        new WalkForward(List.of(1), 60)
            .evaluate(
                history,
                MadeUpSales.fairs(DAYS),
                DAYS - 60,
                "random-forest",
                new DemandTrainer(TrainingSettings.of(Algorithm.RANDOM_FOREST, 1).withTrees(10))
                    .learner(),
                done -> {});

    assertThat(evaluation.improvement(1)).isGreaterThan(0.2);
  }

  @Test
  void theSameSeedGivesTheSameForecastsAndAnotherDoesNot() {
    DemandData data = data(MadeUpSales.sales(300, 1));
    TrainingSettings quick = SETTINGS.withTrees(20);
    TrainingSettings otherwise = TrainingSettings.of(Algorithm.XGBOOST, 2).withTrees(20);

    double[] once = twoWeeks(new DemandTrainer(quick).train(data), data, 299);
    double[] again = twoWeeks(new DemandTrainer(quick).train(data), data, 299);
    double[] other = twoWeeks(new DemandTrainer(otherwise).train(data), data, 299);

    assertThat(once).containsExactly(again);
    assertThat(Arrays.equals(once, other)).isFalse();
  }

  @Test
  void noForecastChangesWithTheFuture() {
    List<Sale> sales = MadeUpSales.sales(400, 1);
    LocalDate today = MadeUpSales.FIRST.plusDays(299);
    DemandData data = data(sales);
    DemandData other = data(MadeUpSales.otherwiseAfter(sales, today));
    DemandTrainer trainer = new DemandTrainer(SETTINGS.withTrees(20));
    DemandModel model =
        trainer.train(new DemandData(data.history().until(299), data.surroundings()));
    DemandModel twin =
        trainer.train(new DemandData(other.history().until(299), other.surroundings()));

    assertThat(twoWeeks(model, data, 299)).containsExactly(twoWeeks(twin, other, 299));
  }

  @Test
  void forecastsAnItemThatItHasNotMet() {
    DemandModel model =
        new DemandTrainer(SETTINGS.withTrees(20)).train(data(MadeUpSales.sales(300, 1)));
    List<Sale> sales = new ArrayList<>(MadeUpSales.sales(300, 1));
    for (int day = 200; day < 300; day++) {
      sales.add(new Sale(MadeUpSales.FIRST.plusDays(day), "newcomer", 50));
    }
    DemandData data = data(sales);
    int newcomer = data.history().items().indexOf("newcomer");

    double[] forecast =
        model
            .forItems(data.history().items())
            .forecast(List.of(new Target(newcomer, 300)), data.asOf(299));

    assertThat(forecast[0]).isBetween(20.0, 120.0);
  }

  @Test
  void forecastsOfSmallNumbersAddUp() {
    Random random = new Random(5);
    List<Sale> sales = new ArrayList<>();
    for (int day = 0; day < 400; day++) {
      for (String item : List.of("a", "b", "c", "d")) {
        int sold = random.nextInt(100) < 60 ? 0 : 1 + random.nextInt(4);
        sales.add(new Sale(MadeUpSales.FIRST.plusDays(day), item, sold));
      }
    }
    DemandData data = new DemandData(DemandHistory.of(sales, Absent.UNKNOWN), Surroundings.none());

    double[] forecasts = twoWeeks(new DemandTrainer(SETTINGS).train(data), data, 399);

    assertThat(Arrays.stream(forecasts).average().orElseThrow()).isCloseTo(1.0, within(0.25));
  }

  @Test
  void saysWhenThereIsTooLittleToLearnFrom() {
    DemandData data = data(MadeUpSales.sales(15, 1));

    assertThatThrownBy(() -> new DemandTrainer(SETTINGS).train(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15 days");
  }

  @Test
  void refusesHorizonsThatItDoesNotServe() {
    DemandData data = data(MadeUpSales.sales(200, 1));
    DemandModel model = new DemandTrainer(SETTINGS.withTrees(5)).train(data);
    Origin origin = data.asOf(199);

    assertThatThrownBy(
            () ->
                model
                    .forItems(data.history().items())
                    .forecast(List.of(new Target(0, 199 + 15)), origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("14 days");
  }
}
