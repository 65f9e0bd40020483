package dev.segue.plugins.menumodels.model;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Learner;
import dev.segue.plugins.menumodels.model.DemandModel.BandModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.regression.Regressor;

/**
 * Trains models. Uses one thread; between the bands of horizons it heeds an interruption, by a
 * {@link CancellationException}.
 */
public final class DemandTrainer {

  /** Tribuo tells of every tree of a forest; kept here because loggers are collected otherwise. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private static final double SMALL_DEMAND = 12;
  private static final int CORRECTION_DAYS = 180;

  private final TrainingSettings settings;

  /**
   * Makes a trainer.
   *
   * @param settings how to train
   */
  public DemandTrainer(TrainingSettings settings) {
    this.settings = settings;
    TRIBUO.setLevel(Level.WARNING);
  }

  /** Makes a learner for evaluations. */
  public Learner learner() {
    return (known, band) -> train(known, List.of(band)).forItems(known.history().items());
  }

  /**
   * Trains a model for all horizons.
   *
   * @param data everything to learn from
   * @return the model
   * @throws IllegalArgumentException if there are too few days to learn from
   */
  public DemandModel train(DemandData data) {
    return train(data, Band.ALL);
  }

  private DemandModel train(DemandData data, List<Band> bands) {
    DemandHistory history = data.history();
    Inputs inputs = Inputs.learntFrom(history);
    Regression regression = new Regression(inputs.names());
    TrainingRows rows = new TrainingRows(data, inputs, settings);
    Map<String, Double> corrections = new HashMap<>();
    List<BandModel> models = new ArrayList<>();
    for (Band band : bands) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("training was interrupted");
      }
      List<TrainingRows.Row> learnt = rows.of(band);
      if (learnt.isEmpty()) {
        throw new IllegalArgumentException(
            "there is nothing to learn from in "
                + history.days()
                + " days from "
                + history.first()
                + "; import more sales");
      }
      Model<Regressor> model = regression.train(learnt, settings, describe(history, band));
      models.add(new BandModel(band, model));
      if (corrections.isEmpty()) {
        corrections.putAll(corrections(history, learnt, regression, model));
      }
    }
    return new DemandModel(
        settings.algorithm(),
        ItemStatistics.corrected(ItemStatistics.of(history), corrections),
        models);
  }

  private static String describe(DemandHistory history, Band band) {
    return "demand from "
        + history.first()
        + " to "
        + history.last()
        + ", "
        + band.from()
        + " to "
        + band.to()
        + " days ahead";
  }

  private static Map<String, Double> corrections(
      DemandHistory history,
      List<TrainingRows.Row> rows,
      Regression regression,
      Model<Regressor> model) {
    List<TrainingRows.Row> recent =
        rows.stream()
            .filter(row -> row.target().day() >= history.days() - CORRECTION_DAYS)
            .toList();
    double[] ratios =
        regression.predict(model, recent.stream().map(TrainingRows.Row::values).toList());
    int items = history.items().size();
    double[] sold = new double[items];
    double[] forecast = new double[items];
    int[] count = new int[items];
    for (int i = 0; i < ratios.length; i++) {
      TrainingRows.Row row = recent.get(i);
      int item = row.target().item();
      sold[item] += history.quantity(item, row.target().day());
      forecast[item] += Math.max(0, Math.expm1(row.level() + ratios[i]));
      count[item]++;
    }
    Map<String, Double> corrections = new HashMap<>();
    for (int item = 0; item < items; item++) {
      if (forecast[item] > 0 && sold[item] / count[item] < SMALL_DEMAND) {
        corrections.put(
            history.items().get(item), Math.clamp(sold[item] / forecast[item], 0.5, 2.0));
      }
    }
    return corrections;
  }
}
