package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.demand.WalkForward;
import dev.segue.plugins.menumodels.model.DemandTrainer;
import dev.segue.plugins.menumodels.model.TrainingSettings;
import dev.segue.sdk.StepError;
import java.time.LocalDate;
import java.util.List;
import java.util.function.DoubleConsumer;

/** What training and evaluation have in common: enough data, and a test on its last days. */
final class Evaluating {

  /** Days that a model needs before the days it is tested on. */
  static final int LEAST_DAYS = 56;

  private static final List<Integer> HORIZONS = List.of(1, 7, Band.FURTHEST);

  private Evaluating() {}

  static DemandData enough(Place place, int historyDays, int testDays) throws Exception {
    return enough(place, place.yesterday(), historyDays, testDays);
  }

  /** As it was on the evening of a day. */
  static DemandData enough(Place place, LocalDate to, int historyDays, int testDays)
      throws Exception {
    DemandData data =
        place
            .data()
            .demand(to.minusDays(historyDays - 1L), to)
            .orElseThrow(
                () ->
                    tooFew("There are no sales of " + place.site().name() + " up to " + to + "."));
    int least = LEAST_DAYS + testDays;
    if (data.history().days() < least) {
      throw tooFew(
          "There are "
              + data.history().days()
              + " days of sales of "
              + place.site().name()
              + " up to "
              + to
              + ", and a model with a test needs "
              + least
              + ".");
    }
    return data;
  }

  private static StepError tooFew(String what) {
    return new StepError(
        "NOT_ENOUGH_SALES", what + " Import more sales; until then forecasts are naive.");
  }

  static Evaluation evaluate(
      DemandData data,
      int testDays,
      int retrainDays,
      TrainingSettings settings,
      DoubleConsumer progress) {
    return new WalkForward(HORIZONS, retrainDays)
        .evaluate(
            data.history(),
            data.surroundings(),
            data.history().days() - testDays,
            settings.algorithm().label(),
            new DemandTrainer(settings).learner(),
            progress);
  }
}
