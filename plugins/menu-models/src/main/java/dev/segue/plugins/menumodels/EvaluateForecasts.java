package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.plugins.menumodels.model.TrainingSettings;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Load;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.time.LocalDate;
import java.util.List;

/** Says how good forecasts would have been. */
@StepInfo(
    name = "evaluate-demand",
    title = "Evaluate demand forecast",
    description =
        "Forecasts the last weeks as if they had not happened yet, and compares the forecasts with"
            + " what was sold, beside the best naive method. Stores nothing.",
    effect = Effect.READ,
    load = Load.CPU,
    timeout = "PT30M",
    icon = "evaluate.svg",
    category = "Menu")
final class EvaluateForecasts implements Step<EvaluateForecasts.Input, EvaluateForecasts.Output> {

  record Input(
      @Field(title = "Model", defaultValue = "XGBOOST") Algorithm algorithm,
      @Field(title = "Days to learn from", min = 70, max = 3650, defaultValue = "1095")
          int historyDays,
      @Field(title = "Days to test on", min = 14, max = 730, defaultValue = "56") int testDays,
      @Field(title = "Train anew every so many days", min = 7, max = 730, defaultValue = "28")
          int retrainDays,
      @Field(title = "Seed", help = "The same seed gives the same result.", defaultValue = "1")
          long seed) {}

  record Output(
      @Field(title = "Better than naive") boolean beatsNaive,
      @Field(title = "Learnt from") LocalDate from,
      @Field(title = "Tested from") LocalDate testedFrom,
      @Field(title = "Tested to") LocalDate testedTo,
      @Field(title = "Days tested", min = 0) int days,
      @Field(title = "Items", min = 0) int items,
      @Field(title = "Quality per days ahead") List<Quality> quality) {}

  private final ComputeThreads threads;

  EvaluateForecasts(ComputeThreads threads) {
    this.threads = threads;
  }

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    DemandData data = Evaluating.enough(Place.of(context), input.historyDays(), input.testDays());
    TrainingSettings settings = TrainingSettings.of(input.algorithm(), input.seed());
    Evaluation evaluation =
        threads.compute(
            () ->
                Evaluating.evaluate(
                    data,
                    input.testDays(),
                    input.retrainDays(),
                    settings,
                    done -> context.progress(done, "testing")));
    return new Output(
        evaluation.beatsNaive(),
        data.history().first(),
        evaluation.from(),
        evaluation.to(),
        evaluation.days(),
        evaluation.items(),
        Quality.of(evaluation));
  }
}
