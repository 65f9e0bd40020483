package dev.segue.plugins.menumodels.model;

import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Feature;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.demand.Origin;
import dev.segue.plugins.menumodels.demand.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model's inputs: the features, and what the model learnt of each item. An item that the model
 * has not met has no such values, and is forecast from its features alone.
 */
final class Inputs {

  private final FeatureSet features = new FeatureSet();
  private final String[] names =
      Stream.concat(
              features.features().stream().map(Feature::name), Stream.of("item.rank", "item.mean"))
          .toArray(String[]::new);
  private final List<String> items;
  private final Map<String, ItemStatistics> statistics;

  /**
   * Joins features and statistics.
   *
   * @param items the items of the history, in its order
   * @param statistics by item id
   */
  Inputs(List<String> items, Map<String, ItemStatistics> statistics) {
    this.items = items;
    this.statistics = statistics;
  }

  static Inputs learntFrom(DemandHistory history) {
    return new Inputs(history.items(), ItemStatistics.of(history));
  }

  String[] names() {
    return names.clone();
  }

  double[] values(Target target, Origin origin) {
    double[] base = features.values(target, origin);
    double[] values = Arrays.copyOf(base, base.length + 2);
    ItemStatistics item = statistics.get(items.get(target.item()));
    values[base.length] = item == null ? Double.NaN : item.rank();
    values[base.length + 1] = item == null ? Double.NaN : item.meanLog();
    return values;
  }
}
