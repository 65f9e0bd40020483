package dev.segue.plugins.menumodels.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkForwardTest {

  private static final LocalDate MONDAY = LocalDate.of(2025, 3, 3);

  private static DemandHistory weeks(double... perWeek) {
    List<Sale> sales = new ArrayList<>();
    for (int week = 0; week < perWeek.length; week++) {
      for (int day = 0; day < 7; day++) {
        sales.add(new Sale(MONDAY.plusDays(7L * week + day), "tea", perWeek[week]));
      }
    }
    return DemandHistory.of(sales, Absent.UNKNOWN);
  }

  @Test
  void computesWapeMaseAndBiasAsDefined() {
    DemandHistory history = weeks(10, 20, 10, 20, 40);
    Learner always30 =
        (known, band) -> (targets, origin) -> targets.stream().mapToDouble(each -> 30).toArray();

    Evaluation evaluation =
        new WalkForward(List.of(1), 7)
            .evaluate(history, Surroundings.none(), 28, "always-30", always30, done -> {});

    Accuracy model = evaluation.model(1);
    assertThat(model.wape()).isCloseTo(10 / 40.0, within(1e-9));
    assertThat(model.mase()).isCloseTo(1, within(1e-9));
    assertThat(model.bias()).isCloseTo(-10 / 40.0, within(1e-9));
    assertThat(model.forecasts()).isEqualTo(7);
    assertThat(evaluation.days()).isEqualTo(7);
    assertThat(evaluation.items()).isEqualTo(1);
    assertThat(evaluation.bestNaive(1).method()).isEqualTo("seasonal-naive");
    assertThat(evaluation.bestNaive(1).wape()).isCloseTo(20 / 40.0, within(1e-9));
    assertThat(evaluation.improvement(1)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void naiveMethodsLookBackAsFarAsTheHorizonAsks() {
    DemandHistory history = weeks(1, 2, 3, 4, 5);
    DemandData data = new DemandData(history, Surroundings.none());
    List<Target> target = List.of(new Target(0, 34));

    assertThat(SeasonalNaive.LAST_WEEK.forecast(target, data.asOf(33))).containsExactly(4);
    assertThat(SeasonalNaive.LAST_WEEK.forecast(target, data.asOf(27))).containsExactly(4);
    assertThat(SeasonalNaive.LAST_WEEK.forecast(target, data.asOf(26))).containsExactly(3);
    assertThat(SeasonalNaive.FOUR_WEEKS.forecast(target, data.asOf(33))).containsExactly(2.5);
  }

  @Test
  void learnersNeverSeeADayFromWhichAForecastIsMadeNorAnyLaterOne() {
    DemandHistory history = DemandHistory.of(MadeUpSales.sales(200, 1), Absent.UNKNOWN);
    List<Integer> lastKnown = new ArrayList<>();
    Learner spy =
        (known, band) -> {
          int learntTo = known.history().days() - 1;
          lastKnown.add(learntTo);
          return (targets, origin) -> {
            assertThat(origin.day()).isGreaterThanOrEqualTo(learntTo);
            return new double[targets.size()];
          };
        };

    new WalkForward(List.of(1, 7, 14), 20)
        .evaluate(history, Surroundings.none(), 150, "spy", spy, done -> {});

    assertThat(lastKnown).containsExactly(149, 136, 169, 156, 189, 176);
  }
}
