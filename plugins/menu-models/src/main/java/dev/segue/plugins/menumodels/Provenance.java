package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Accuracy;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.model.DemandModel;
import dev.segue.plugins.menumodels.model.TrainingSettings;
import dev.segue.sdk.StepContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says where a model comes from, in the words that its artifact carries. */
final class Provenance {

  private static final int MOST_CHARACTERS = 20_000;

  private Provenance() {}

  static Map<String, String> of(
      DemandModel model,
      DemandHistory history,
      Evaluation evaluation,
      TrainingSettings settings,
      StepContext context) {
    Map<String, String> words = new TreeMap<>();
    words.put("run", context.runId());
    words.put("data.from", history.first().toString());
    words.put("data.to", history.last().toString());
    words.put("data.items", Integer.toString(history.items().size()));
    words.put("data.sha256", history.sha256());
    words.put("features.version", Integer.toString(FeatureSet.VERSION));
    settings.asMap().forEach((name, value) -> words.put("setting." + name, value));
    words.put("tested.from", evaluation.from().toString());
    words.put("tested.to", evaluation.to().toString());
    for (Accuracy each : evaluation.accuracies()) {
      words.put(
          "tested." + each.method() + "." + each.horizon(),
          String.format(
              Locale.ROOT,
              "wape=%.4f mase=%.4f bias=%.4f forecasts=%d",
              each.wape(),
              each.mase(),
              each.bias(),
              each.forecasts()));
    }
    model.libraries().forEach((name, version) -> words.put("library." + name, version));
    words.put("java", System.getProperty("java.version", ""));
    List<String> trees = model.provenance();
    for (int i = 0; i < trees.size(); i++) {
      String text = trees.get(i);
      words.put("tribuo." + (i + 1), text.substring(0, Math.min(MOST_CHARACTERS, text.length())));
    }
    return words;
  }
}
