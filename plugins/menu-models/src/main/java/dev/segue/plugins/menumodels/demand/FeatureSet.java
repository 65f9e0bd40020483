package dev.segue.plugins.menumodels.demand;

import java.util.List;
import java.util.stream.Stream;

/**
 * The transform from what is known to a model's inputs: the same for training and for forecasts.
 *
 * <p>A model remembers the version with which it was trained, and is refused by any other.
 */
public final class FeatureSet {

  /** Rises with every change of a feature's name, order or meaning. */
  public static final int VERSION = 1;

  /** Where among the values the usual level stands, from which models learn the distance. */
  public static final int LEVEL = 1;

  private final List<Feature> features;

  /** Makes the current version. */
  public FeatureSet() {
    features =
        Stream.of(SalesFeatures.all(), CalendarFeatures.all(), WeatherFeatures.all())
            .flatMap(List::stream)
            .toList();
  }

  /** Lists the features in order. */
  public List<Feature> features() {
    return features;
  }

  /**
   * Computes all features of a target.
   *
   * @return a value per feature in order; NaN where it isn't known
   * @throws LookAheadException if a feature looks at later sales than those known at the origin
   * @throws IllegalArgumentException if the target isn't later than the origin
   */
  public double[] values(Target target, Origin origin) {
    if (target.day() <= origin.day()) {
      throw new IllegalArgumentException(
          "a forecast for "
              + origin.date(target.day())
              + " can't be made from "
              + origin.date(origin.day())
              + ", which is not earlier");
    }
    double[] values = new double[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = features.get(i).formula().value(target, origin);
    }
    return values;
  }
}
