package dev.segue.plugins.menumodels.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Evaluates a learner as it would have been used: it learns from the days before a stretch of test
 * days, forecasts them, each from the sales known at its horizon, and learns anew for the next
 * stretch. What it learns from ends at the earliest origin of the stretch, so that no forecast is
 * made by a model that knows more than its origin.
 *
 * @param horizons days ahead, each 1 to {@link Band#FURTHEST}
 * @param retrainDays the length of a stretch, at least 1
 */
public record WalkForward(List<Integer> horizons, int retrainDays) {

  /** Copies the list. */
  public WalkForward {
    horizons = List.copyOf(horizons);
  }

  /**
   * Evaluates from a day to the end of the data.
   *
   * @param data the whole history
   * @param surroundings its surroundings
   * @param firstDay the first test day; there must be something to learn from before it
   * @param method what to call the learner
   * @param learner learns from the data before each stretch
   * @param progress told the share that is done
   * @return the accuracies of the learner and of the naive methods on the same days
   */
  public Evaluation evaluate(
      DemandHistory data,
      Surroundings surroundings,
      int firstDay,
      String method,
      Learner learner,
      DoubleConsumer progress) {
    Test test = new Test(data, new DemandData(data, surroundings), firstDay, method);
    for (int start = firstDay; start < data.days(); start += retrainDays) {
      int end = Math.min(data.days(), start + retrainDays);
      for (Band band : Band.ALL) {
        List<Integer> within = horizons.stream().filter(band::contains).toList();
        if (within.isEmpty()) {
          continue;
        }
        int furthest = within.stream().mapToInt(Integer::intValue).max().orElseThrow();
        DemandData known = new DemandData(data.until(start - furthest), surroundings);
        test.run(learner.learn(known, band), within, start, end);
      }
      progress.accept((end - firstDay) / (double) (data.days() - firstDay));
    }
    return test.result();
  }

  /** One evaluation under way. */
  private static final class Test {
    private record Key(String method, int horizon) {}

    private final DemandHistory history;
    private final DemandData data;
    private final int firstDay;
    private final String method;
    private final double[] scales;
    private final Map<Key, ErrorSums> sums = new LinkedHashMap<>();
    private final List<Evaluation.LogError> errors = new ArrayList<>();

    Test(DemandHistory history, DemandData data, int firstDay, String method) {
      this.history = history;
      this.data = data;
      this.firstDay = firstDay;
      this.method = method;
      this.scales = new double[history.items().size()];
      Arrays.setAll(scales, this::naiveErrorBefore);
    }

    private double naiveErrorBefore(int item) {
      double sum = 0;
      int count = 0;
      for (int day = 7; day < firstDay; day++) {
        double change = history.quantity(item, day) - history.quantity(item, day - 7);
        if (!Double.isNaN(change)) {
          sum += Math.abs(change);
          count++;
        }
      }
      return count == 0 ? 0 : sum / count;
    }

    void run(Forecaster model, List<Integer> horizons, int start, int end) {
      for (int horizon : horizons) {
        for (int day = start; day < end; day++) {
          List<Target> targets = targets(day);
          if (!targets.isEmpty()) {
            Origin origin = data.asOf(day - horizon);
            compare(method, horizon, targets, model.forecast(targets, origin));
            for (SeasonalNaive naive : SeasonalNaive.values()) {
              compare(naive.label(), horizon, targets, naive.forecast(targets, origin));
            }
          }
        }
      }
    }

    private List<Target> targets(int day) {
      List<Target> targets = new ArrayList<>();
      for (int item = 0; item < scales.length; item++) {
        if (!Double.isNaN(history.quantity(item, day))) {
          targets.add(new Target(item, day));
        }
      }
      return targets;
    }

    private void compare(String by, int horizon, List<Target> targets, double[] forecasts) {
      ErrorSums each = sums.computeIfAbsent(new Key(by, horizon), key -> new ErrorSums());
      for (int i = 0; i < forecasts.length; i++) {
        Target target = targets.get(i);
        double actual = history.quantity(target.item(), target.day());
        each.add(actual, forecasts[i], scales[target.item()]);
        if (by.equals(method)) {
          errors.add(
              new Evaluation.LogError(horizon, Math.log1p(actual) - Math.log1p(forecasts[i])));
        }
      }
    }

    Evaluation result() {
      List<Accuracy> accuracies =
          sums.entrySet().stream()
              .map(
                  each -> each.getValue().accuracy(each.getKey().method(), each.getKey().horizon()))
              .toList();
      int open = 0;
      boolean[] seen = new boolean[scales.length];
      for (int day = firstDay; day < history.days(); day++) {
        List<Target> targets = targets(day);
        open += targets.isEmpty() ? 0 : 1;
        targets.forEach(target -> seen[target.item()] = true);
      }
      int items = 0;
      for (boolean each : seen) {
        items += each ? 1 : 0;
      }
      return new Evaluation(
          history.date(firstDay), history.last(), open, items, accuracies, errors);
    }
  }
}
