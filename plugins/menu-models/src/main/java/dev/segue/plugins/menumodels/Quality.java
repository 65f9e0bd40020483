package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Accuracy;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * How well demand was forecast on days that the model had not seen, beside the best of the naive
 * methods.
 */
record Quality(
    @Field(title = "Days ahead", min = 1) int daysAhead,
    @Field(title = "WAPE", help = "Sum of absolute errors over sum of sales; 0 is perfect.")
        BigDecimal wape,
    @Field(
            title = "MASE",
            help = "Mean absolute error over that of last week's value; below 1 is better.")
        BigDecimal mase,
    @Field(title = "Bias", help = "Above 0 means too much was forecast.") BigDecimal bias,
    @Field(title = "Best naive method") String naiveMethod,
    @Field(title = "WAPE of the naive method") BigDecimal naiveWape,
    @Field(title = "MASE of the naive method") BigDecimal naiveMase,
    @Field(title = "WAPE below naive in %") BigDecimal improvementPercent,
    @Field(title = "Forecasts compared", min = 0) int forecasts) {

  static List<Quality> of(Evaluation evaluation) {
    return evaluation.horizons().stream().map(horizon -> of(evaluation, horizon)).toList();
  }

  private static Quality of(Evaluation evaluation, int horizon) {
    Accuracy model = evaluation.model(horizon);
    Accuracy naive = evaluation.bestNaive(horizon);
    return new Quality(
        horizon,
        decimal(model.wape(), 4),
        decimal(model.mase(), 4),
        decimal(model.bias(), 4),
        naive.method(),
        decimal(naive.wape(), 4),
        decimal(naive.mase(), 4),
        decimal(100 * evaluation.improvement(horizon), 1),
        model.forecasts());
  }

  static BigDecimal decimal(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }
}
