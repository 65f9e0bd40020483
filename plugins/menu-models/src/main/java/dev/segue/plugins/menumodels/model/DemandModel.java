package dev.segue.plugins.menumodels.model;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.demand.Forecaster;
import dev.segue.plugins.menumodels.demand.Origin;
import dev.segue.plugins.menumodels.demand.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.Tribuo;
import org.tribuo.regression.Regressor;

/**
 * A trained model of a site's demand. Immutable and thread-safe.
 *
 * <p>It multiplies the usual level of an item on a weekday by a factor that trees learnt from the
 * features. An item that it hasn't met is forecast from its features alone.
 */
public final class DemandModel {

  private final Algorithm algorithm;
  private final Map<String, ItemStatistics> items;
  private final List<BandModel> bands;

  record BandModel(Band band, Model<Regressor> model) {}

  DemandModel(Algorithm algorithm, Map<String, ItemStatistics> items, List<BandModel> bands) {
    this.algorithm = algorithm;
    this.items = Map.copyOf(items);
    this.bands = List.copyOf(bands);
  }

  /** Tells what the model is made of. */
  public Algorithm algorithm() {
    return algorithm;
  }

  Map<String, ItemStatistics> items() {
    return items;
  }

  List<BandModel> bands() {
    return bands;
  }

  /** Tells Tribuo's provenance of the trees: trainer, settings, versions, times; one per band. */
  public List<String> provenance() {
    return bands.stream().map(each -> each.model().getProvenance().toString()).toList();
  }

  /** Tells the versions of the libraries that trained it, by name. */
  public Map<String, String> libraries() {
    return Map.of("tribuo", Tribuo.VERSION, "xgboost4j", XgboostVersion.find());
  }

  /**
   * Readies the model for a history.
   *
   * @param historyItems the items of the history, in its order
   * @return forecasts up to {@link Band#FURTHEST} days ahead, as far as the model has bands; throws
   *     {@link IllegalArgumentException} for other horizons
   */
  public Forecaster forItems(List<String> historyItems) {
    Inputs inputs = new Inputs(historyItems, items);
    Regression regression = new Regression(inputs.names());
    return (targets, origin) -> forecast(targets, origin, historyItems, inputs, regression);
  }

  private double[] forecast(
      List<Target> targets,
      Origin origin,
      List<String> historyItems,
      Inputs inputs,
      Regression regression) {
    double[] forecasts = new double[targets.size()];
    for (BandModel each : bands) {
      List<Integer> places = new ArrayList<>();
      List<double[]> rows = new ArrayList<>();
      for (int i = 0; i < forecasts.length; i++) {
        Target target = targets.get(i);
        if (each.band().contains(target.day() - origin.day())) {
          places.add(i);
          rows.add(inputs.values(target, origin));
        }
      }
      double[] ratios = rows.isEmpty() ? new double[0] : regression.predict(each.model(), rows);
      for (int i = 0; i < ratios.length; i++) {
        int place = places.get(i);
        String item = historyItems.get(targets.get(place).item());
        forecasts[place] = quantity(item, rows.get(i)[FeatureSet.LEVEL], ratios[i]);
      }
    }
    refuseOtherHorizons(targets, origin);
    return forecasts;
  }

  private double quantity(String item, double level, double ratio) {
    if (Double.isNaN(level)) {
      return 0;
    }
    ItemStatistics known = items.get(item);
    double raw = Math.max(0, Math.expm1(level + ratio));
    return known == null ? raw : raw * known.correction();
  }

  private void refuseOtherHorizons(List<Target> targets, Origin origin) {
    int furthest = targets.stream().mapToInt(target -> target.day() - origin.day()).max().orElse(1);
    int served =
        bands.stream()
            .map(BandModel::band)
            .max(Comparator.comparingInt(Band::to))
            .orElseThrow()
            .to();
    if (furthest > served) {
      throw new IllegalArgumentException(
          "this model forecasts " + served + " days ahead, not " + furthest);
    }
  }
}
