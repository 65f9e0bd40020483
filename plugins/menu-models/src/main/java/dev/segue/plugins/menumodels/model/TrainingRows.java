package dev.segue.plugins.menumodels.model;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.demand.Origin;
import dev.segue.plugins.menumodels.demand.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Turns a history into the rows a model learns from, the latest days first. */
final class TrainingRows {

  /** Days at the start that have too little before them. */
  private static final int WARM_UP_DAYS = 56;

  private static final int SHORT_WARM_UP_DAYS = 21;

  private final DemandData data;
  private final Inputs inputs;
  private final TrainingSettings settings;

  TrainingRows(DemandData data, Inputs inputs, TrainingSettings settings) {
    this.data = data;
    this.inputs = inputs;
    this.settings = settings;
  }

  /**
   * One row.
   *
   * @param values the inputs
   * @param label the logarithm of one plus the quantity, less the usual level
   * @param target what the row is about
   * @param level the usual level
   */
  record Row(double[] values, double label, Target target, double level) {}

  List<Row> of(Band band) {
    DemandHistory history = data.history();
    int warmUp = history.days() > 4 * WARM_UP_DAYS ? WARM_UP_DAYS : SHORT_WARM_UP_DAYS;
    List<Row> rows = new ArrayList<>();
    for (int day = history.days() - 1; day >= warmUp && rows.size() < settings.maxRows(); day--) {
      for (int item = 0; item < history.items().size(); item++) {
        if (!Double.isNaN(history.quantity(item, day))) {
          addRows(rows, new Target(item, day), band);
        }
      }
    }
    return rows;
  }

  private void addRows(List<Row> rows, Target target, Band band) {
    for (int horizon : horizons(target, band)) {
      int day = target.day() - horizon;
      if (day < 0) {
        continue;
      }
      Origin origin = data.asOf(day);
      double[] values = inputs.values(target, origin);
      double level = values[FeatureSet.LEVEL];
      if (!Double.isNaN(level)) {
        double actual = data.history().quantity(target.item(), target.day());
        rows.add(new Row(values, Math.log1p(actual) - level, target, level));
      }
    }
  }

  /** Draws horizons by a seed that depends on the target alone, so that order doesn't matter. */
  private int[] horizons(Target target, Band band) {
    int span = band.to() - band.from() + 1;
    SplittableRandom random =
        new SplittableRandom(settings.seed() * 31 + target.item() * 1_000_003L + target.day());
    return random
        .ints(band.from(), band.to() + 1)
        .distinct()
        .limit(Math.min(span, settings.extraHorizons()))
        .toArray();
  }
}
