package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Forecasts compared with what was sold on days that no model had seen.
 *
 * @param from the first day of the test
 * @param to its last day
 * @param days how many days of it had sales
 * @param items how many items were forecast
 * @param accuracies per method and horizon, the naive methods among them
 * @param errors the logarithmic errors of the model, by which intervals are made
 */
public record Evaluation(
    LocalDate from,
    LocalDate to,
    int days,
    int items,
    List<Accuracy> accuracies,
    List<LogError> errors) {

  private static final Set<String> NAIVE =
      Set.of(SeasonalNaive.LAST_WEEK.label(), SeasonalNaive.FOUR_WEEKS.label());

  /** Copies the lists. */
  public Evaluation {
    accuracies = List.copyOf(accuracies);
    errors = List.copyOf(errors);
  }

  /**
   * One error of the model.
   *
   * @param horizon days ahead
   * @param value the logarithm of one plus what was sold, less that of one plus the forecast
   */
  public record LogError(int horizon, double value) {}

  /** Lists the horizons in ascending order. */
  public List<Integer> horizons() {
    return accuracies.stream().map(Accuracy::horizon).distinct().sorted().toList();
  }

  /** Finds the naive method with the least WAPE at a horizon. */
  public Accuracy bestNaive(int horizon) {
    return accuracies.stream()
        .filter(each -> each.horizon() == horizon && NAIVE.contains(each.method()))
        .min(Comparator.comparingDouble(Accuracy::wape))
        .orElseThrow(() -> new IllegalArgumentException("not evaluated at " + horizon + " days"));
  }

  /** Finds the model's accuracy at a horizon. */
  public Accuracy model(int horizon) {
    return accuracies.stream()
        .filter(each -> each.horizon() == horizon && !NAIVE.contains(each.method()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not evaluated at " + horizon + " days"));
  }

  /**
   * Tells by how much the model's WAPE is below that of the best naive method.
   *
   * @return a share: 0.25 for a quarter, below 0 if the model is worse
   */
  public double improvement(int horizon) {
    double naive = bestNaive(horizon).wape();
    return naive == 0 ? 0 : 1 - model(horizon).wape() / naive;
  }

  /** Tells whether the model beats the best naive method at each horizon. */
  public boolean beatsNaive() {
    return horizons().stream().allMatch(horizon -> improvement(horizon) > 0);
  }
}
