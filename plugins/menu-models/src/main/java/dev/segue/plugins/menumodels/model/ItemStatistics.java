package dev.segue.plugins.menumodels.model;

import dev.segue.plugins.menumodels.demand.DemandHistory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a model learnt of an item.
 *
 * @param rank the item's place among all by mean demand, from 0 for the least
 * @param meanLog the mean of the logarithm of one plus the daily quantity
 * @param correction by what forecasts are multiplied so that their sum is right; near 1. The
 *     logarithm makes forecasts of small numbers too small on average
 */
record ItemStatistics(int rank, double meanLog, double correction) {

  static Map<String, ItemStatistics> of(DemandHistory history) {
    double[] means = new double[history.items().size()];
    for (int item = 0; item < means.length; item++) {
      means[item] = meanLog(history, item);
    }
    List<Integer> ranked =
        IntStream.range(0, means.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer item) -> means[item]))
            .toList();
    Map<String, ItemStatistics> statistics = new HashMap<>();
    for (int rank = 0; rank < means.length; rank++) {
      int item = ranked.get(rank);
      statistics.put(history.items().get(item), new ItemStatistics(rank, means[item], 1));
    }
    return statistics;
  }

  static Map<String, ItemStatistics> corrected(
      Map<String, ItemStatistics> statistics, Map<String, Double> corrections) {
    Map<String, ItemStatistics> result = new TreeMap<>();
    statistics.forEach(
        (item, each) ->
            result.put(
                item,
                new ItemStatistics(
                    each.rank(), each.meanLog(), corrections.getOrDefault(item, 1.0))));
    return result;
  }

  private static double meanLog(DemandHistory history, int item) {
    double sum = 0;
    int count = 0;
    for (int day = 0; day < history.days(); day++) {
      double quantity = history.quantity(item, day);
      if (!Double.isNaN(quantity)) {
        sum += Math.log1p(quantity);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
