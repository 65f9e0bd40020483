package dev.segue.plugins.menumodels.demand;

/**
 * How well a method forecast at one horizon.
 *
 * @param method such as {@code xgboost} or {@code seasonal-naive}
 * @param horizon days ahead
 * @param wape the sum of absolute errors over the sum of what was sold; 0 is perfect
 * @param mase the mean over forecasts of the absolute error divided by the item's mean absolute
 *     error of {@link SeasonalNaive#LAST_WEEK} in the days before the test
 * @param bias the sum of errors over the sum of what was sold; above 0 means too much was forecast
 * @param forecasts how many forecasts were compared
 */
public record Accuracy(
    String method, int horizon, double wape, double mase, double bias, int forecasts) {}
