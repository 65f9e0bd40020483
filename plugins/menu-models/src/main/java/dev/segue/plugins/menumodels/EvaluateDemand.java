package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Accuracy;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.demand.Surroundings;
import dev.segue.plugins.menumodels.demand.WalkForward;
import dev.segue.plugins.menumodels.demand.WeatherUse;
import dev.segue.plugins.menumodels.files.SalesFolder;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.plugins.menumodels.model.DemandTrainer;
import dev.segue.plugins.menumodels.model.TrainingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A command that evaluates forecasts of sales in a folder on days that the model never saw, beside
 * the seasonal-naive methods.
 *
 * <p>Usage: {@code EvaluateDemand [FOLDER] [--country DE] [--test-days 365 | --from DATE]
 * [--retrain-days 28] [--weather known|none|observed] [--algorithm xgboost|random-forest] [--seed
 * 1] [--sample FOLDER]}. If the folder isn't there, the sample is evaluated, and the output says
 * so. Exit code 0, 1 (it failed) or 2 (wrong use).
 */
public final class EvaluateDemand {

  private static final List<Integer> HORIZONS = List.of(1, 7, 14);

  private final Map<String, String> options;
  private final PrintStream out;

  private EvaluateDemand(Map<String, String> options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      new EvaluateDemand(options(arguments), out).evaluate();
      return 0;
    } catch (IllegalArgumentException | DateTimeException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        options.put("folder", argument);
      } else if (i + 1 < arguments.length) {
        options.put(argument.substring(2), arguments[++i]);
      } else {
        throw new IllegalArgumentException(argument + " needs a value");
      }
    }
    return options;
  }

  private void evaluate() throws IOException {
    Path folder = folder();
    SalesFolder sales = SalesFolder.read(folder, options.getOrDefault("country", "DE"));
    DemandHistory history = sales.history();
    WeatherUse weather = choice("weather", WeatherUse.KNOWN);
    TrainingSettings settings =
        TrainingSettings.of(
            choice("algorithm", Algorithm.XGBOOST),
            Long.parseLong(options.getOrDefault("seed", "1")));
    int firstDay = firstDay(history);
    out.printf(
        "%d items, sales from %s to %s; the model learns from the days before %s and is tested on%n"
            + "the days from then on, trained anew every %d days, weather: %s, seed %d%n",
        history.items().size(),
        history.first(),
        history.last(),
        history.date(firstDay),
        retrainDays(),
        word(weather),
        settings.seed());
    Evaluation evaluation =
        new WalkForward(HORIZONS, retrainDays())
            .evaluate(
                history,
                new Surroundings(sales.holidays(), sales.events(), sales.weather(), weather),
                firstDay,
                settings.algorithm().label(),
                new DemandTrainer(settings).learner(),
                done -> {});
    print(evaluation);
  }

  private <E extends Enum<E>> E choice(String option, E usual) {
    String text = options.get(option);
    if (text == null) {
      return usual;
    }
    List<E> choices = List.of(usual.getDeclaringClass().getEnumConstants());
    return choices.stream()
        .filter(choice -> word(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--"
                        + option
                        + " is one of "
                        + choices.stream().map(EvaluateDemand::word).sorted().toList()
                        + ", not "
                        + text));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Path folder() {
    String named = options.get("folder");
    if (named != null && Files.isDirectory(Path.of(named))) {
      return Path.of(named);
    }
    String sample = options.get("sample");
    if (sample == null) {
      throw new IllegalArgumentException(
          named == null
              ? "name a folder with sales, or the sample by --sample"
              : "there is no folder " + named + "; name one with sales, or the sample by --sample");
    }
    options.putIfAbsent("country", "US");
    out.println("Evaluating the sample, as " + (named == null ? "no folder" : named) + " is here.");
    out.println("The sample's sales are synthetic: they prove nothing about real demand.");
    return Path.of(sample);
  }

  private int retrainDays() {
    return Integer.parseInt(options.getOrDefault("retrain-days", "28"));
  }

  private int firstDay(DemandHistory history) {
    String from = options.get("from");
    int asked =
        from == null
            ? history.days() - Integer.parseInt(options.getOrDefault("test-days", "0"))
            : history.day(LocalDate.parse(from));
    int usual = history.days() - Math.min(365, history.days() / 4);
    int firstDay = asked >= history.days() ? usual : asked;
    if (firstDay < 84) {
      throw new IllegalArgumentException(
          "the test would begin at "
              + history.date(firstDay)
              + ", which leaves less than 12 weeks to learn from");
    }
    return firstDay;
  }

  private void print(Evaluation evaluation) {
    out.printf(
        "tested on %s to %s: %d days with sales, %d items%n%n",
        evaluation.from(), evaluation.to(), evaluation.days(), evaluation.items());
    out.printf(
        "%-10s %-18s %8s %8s %8s %9s%n",
        "days ahead", "method", "WAPE", "MASE", "bias", "compared");
    for (int horizon : evaluation.horizons()) {
      for (Accuracy each : evaluation.accuracies()) {
        if (each.horizon() == horizon) {
          out.printf(
              Locale.ROOT,
              "%-10d %-18s %8.4f %8.3f %8.3f %9d%n",
              horizon,
              each.method(),
              each.wape(),
              each.mase(),
              each.bias(),
              each.forecasts());
        }
      }
      double improvement = evaluation.improvement(horizon);
      out.printf(
          Locale.ROOT,
          "%-10s WAPE is %.1f %% %s the best naive method (%s)%n",
          "",
          100 * Math.abs(improvement),
          improvement < 0 ? "above" : "below",
          evaluation.bestNaive(horizon).method());
    }
  }
}
