package dev.segue.plugins.menumodels.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a model is trained. The same settings, seed and data give the same forecasts.
 *
 * @param algorithm what the model is made of
 * @param trees how many trees, at least 1
 * @param depth the greatest depth of a tree, at least 1
 * @param learningRate how much each boosted tree counts, above 0 to 1; not used by a forest
 * @param leafWeight the least number of rows in a leaf, at least 1
 * @param rowShare the share of rows that each boosted tree sees, above 0 to 1
 * @param featureShare the share of features that each tree or split sees, above 0 to 1
 * @param extraHorizons with how many horizons each day is learnt in a band of several, at least 1
 * @param maxRows the latest rows that are learnt from; bounds time and memory
 * @param seed of all that is random
 */
public record TrainingSettings(
    Algorithm algorithm,
    int trees,
    int depth,
    double learningRate,
    int leafWeight,
    double rowShare,
    double featureShare,
    int extraHorizons,
    int maxRows,
    long seed) {

  /** The settings that did well on real and synthetic sales. */
  public static TrainingSettings of(Algorithm algorithm, long seed) {
    return switch (algorithm) {
      case XGBOOST -> new TrainingSettings(algorithm, 400, 6, 0.05, 10, 0.8, 0.5, 2, 40_000, seed);
      case RANDOM_FOREST -> new TrainingSettings(algorithm, 40, 10, 1, 5, 1, 0.4, 1, 8_000, seed);
    };
  }

  /** Returns the same settings with another number of trees. */
  public TrainingSettings withTrees(int number) {
    return new TrainingSettings(
        algorithm,
        number,
        depth,
        learningRate,
        leafWeight,
        rowShare,
        featureShare,
        extraHorizons,
        maxRows,
        seed);
  }

  /** Tells the settings by name, for provenance. */
  public Map<String, String> asMap() {
    Map<String, String> map = new TreeMap<>();
    map.put("algorithm", algorithm.label());
    map.put("trees", Integer.toString(trees));
    map.put("depth", Integer.toString(depth));
    map.put("learningRate", Double.toString(learningRate));
    map.put("leafWeight", Integer.toString(leafWeight));
    map.put("rowShare", Double.toString(rowShare));
    map.put("featureShare", Double.toString(featureShare));
    map.put("extraHorizons", Integer.toString(extraHorizons));
    map.put("maxRows", Integer.toString(maxRows));
    map.put("seed", Long.toString(seed));
    return map;
  }
}
