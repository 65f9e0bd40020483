package dev.segue.plugins.menumodels.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer.RegressionType;

/** The border to Tribuo: rows of numbers on this side, datasets and models on the other. */
final class Regression {

  private static final String LABEL = "log-ratio";
  private static final double HUBER_SLOPE = 0.15;

  /** Near the median, which is what absolute errors ask for, yet smooth. */
  private static final RegressionType TYPE = RegressionType.PSEUDOHUBER;

  private final String[] names;

  Regression(String[] names) {
    this.names = names;
  }

  Model<Regressor> train(
      List<TrainingRows.Row> rows, TrainingSettings settings, String description) {
    MutableDataset<Regressor> dataset =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(description, new RegressionFactory()),
            new RegressionFactory());
    for (TrainingRows.Row row : rows) {
      dataset.add(example(row.values(), row.label()));
    }
    Model<Regressor> model = trainer(settings).train(dataset);
    keepToOneThread(model);
    return model;
  }

  /** OpenMP's threads spin while they wait, which starves everyone else on a busy machine. */
  static void keepToOneThread(Model<Regressor> model) {
    if (model instanceof XGBoostModel<Regressor> boosted) {
      boosted.setNumThreads(1);
    }
  }

  double[] predict(Model<Regressor> model, List<double[]> rows) {
    List<Example<Regressor>> examples = rows.stream().map(row -> example(row, 0)).toList();
    return model.predict(examples).stream()
        .mapToDouble(prediction -> prediction.getOutput().getValues()[0])
        .toArray();
  }

  private Example<Regressor> example(double[] values, double label) {
    ArrayExample<Regressor> example =
        new ArrayExample<>(new Regressor(LABEL, label), 1.0f, values.length);
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        example.add(names[i], values[i]);
      }
    }
    return example;
  }

  private static Trainer<Regressor> trainer(TrainingSettings settings) {
    return switch (settings.algorithm()) {
      case XGBOOST -> new XGBoostRegressionTrainer(TYPE, settings.trees(), boosting(settings));
      case RANDOM_FOREST ->
          new RandomForestTrainer<>(
              new CARTRegressionTrainer(
                  settings.depth(),
                  settings.leafWeight(),
                  0.0f,
                  (float) settings.featureShare(),
                  false,
                  new MeanSquaredError(),
                  settings.seed()),
              new AveragingCombiner(),
              settings.trees(),
              settings.seed());
    };
  }

  private static Map<String, Object> boosting(TrainingSettings settings) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("eta", settings.learningRate());
    parameters.put("max_depth", settings.depth());
    parameters.put("min_child_weight", (double) settings.leafWeight());
    parameters.put("subsample", settings.rowShare());
    parameters.put("colsample_bytree", settings.featureShare());
    parameters.put("lambda", 2.0);
    parameters.put("tree_method", "hist");
    parameters.put("huber_slope", HUBER_SLOPE);
    parameters.put("nthread", 1);
    parameters.put("objective", TYPE.paramName);
    parameters.put("verbosity", 0);
    parameters.put("seed", settings.seed());
    return parameters;
  }
}
