package dev.segue.server.bench;

import dev.segue.server.triggers.monitors.Condition;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Season;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Replays monitors over the labelled series of the Numenta Anomaly Benchmark and prints how many of
 * the labelled windows they find, how many of their alerts lie in one, and how late they are.
 */
@Command(
    name = "bench-monitors",
    mixinStandardHelpOptions = true,
    description = "Measures the quality of monitors on labelled series.")
public final class MonitorQuality implements Callable<Integer> {

  private static final double MOST_FALSE_ALERTS = 1;

  @Option(
      names = "--data",
      required = true,
      description = "The folder with windows.json and the folders of series.")
  private @Nullable Path data;

  @Option(names = "--sensitivity", defaultValue = "12", description = "Default: 12")
  private double sensitivity;

  @Option(names = "--seasons", defaultValue = "14", description = "Days learnt from. Default: 14")
  private int seasons;

  @Option(names = "--level", defaultValue = "72", description = "Hours of the level. Default: 72")
  private int level;

  @Option(
      names = "--keep-firing",
      defaultValue = "96",
      description = "Hours an alert stays open after the value came back. Default: 96")
  private int keepFiring;

  @Option(
      names = "--held-out",
      description = {
        "Choose the settings for each folder on the other folders alone,",
        "and print the figures of the folder that was held out."
      })
  private boolean heldOut;

  /** Runs it. */
  public static void main(String... args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new MonitorQuality()).execute(args));
  }

  @Override
  public Integer call() {
    if (data == null) {
      throw new IllegalStateException("--data is required");
    }
    List<LabelledSeries> all = LabelledSeries.read(data);
    if (heldOut) {
      printHeldOut(all, System.out);
    } else {
      print(all, System.out);
    }
    return 0;
  }

  private void print(List<LabelledSeries> all, PrintStream out) {
    AnomalySettings settings =
        new AnomalySettings(sensitivity, Season.DAY, seasons, level, keepFiring);
    out.printf("anomaly    above or below, %s, learnt over %d days%n", settings, seasons);
    out.println("threshold  above mean + 3 standard deviations of the first 15 % of the series");
    out.println("both       hourly mean, nothing judged in the first 15 %, kept open as long");
    out.println();
    out.println(MonitorScore.HEADINGS);
    Map<String, MonitorScore> sums = new TreeMap<>();
    for (LabelledSeries series : all) {
      MonitorScore anomaly = settings.score(series);
      MonitorScore threshold = threshold(series, keepFiring);
      out.println(anomaly.row(series.name(), "anomaly"));
      out.println(threshold.row(series.name(), "threshold"));
      for (String sum : List.of(series.folder(), "~all")) {
        sums.merge(sum + " anomaly", anomaly, MonitorScore::plus);
        sums.merge(sum + " threshold", threshold, MonitorScore::plus);
      }
    }
    out.println();
    sums.forEach(
        (name, score) ->
            out.println(
                score.row(
                    name.substring(0, name.indexOf(' ')), name.substring(name.indexOf(' ') + 1))));
  }

  /** A setting with its score on each series. */
  private record Tried(AnomalySettings settings, Map<String, MonitorScore> scores) {

    MonitorScore sum(List<LabelledSeries> all, Predicate<LabelledSeries> which) {
      return all.stream()
          .filter(which)
          .map(series -> scores.getOrDefault(series.name(), MonitorScore.none()))
          .reduce(MonitorScore.none(), MonitorScore::plus);
    }
  }

  private static void printHeldOut(List<LabelledSeries> all, PrintStream out) {
    List<Tried> tried = new ArrayList<>();
    for (AnomalySettings settings : AnomalySettings.grid()) {
      Map<String, MonitorScore> scores = new HashMap<>();
      all.parallelStream()
          .map(series -> Map.entry(series.name(), settings.score(series)))
          .toList()
          .forEach(score -> scores.put(score.getKey(), score.getValue()));
      tried.add(new Tried(settings, scores));
    }
    out.printf(
        "Of %d settings the one with the best F1 on the other folders that gives at most %.0f false"
            + " alert per 1,000 values there.%n%n",
        tried.size(), MOST_FALSE_ALERTS);
    out.println(MonitorScore.HEADINGS);
    MonitorScore sum = MonitorScore.none();
    for (String folder : folders(all)) {
      Predicate<LabelledSeries> held = series -> series.folder().equals(folder);
      Tried best = best(tried, all, held.negate());
      MonitorScore score = best.sum(all, held);
      sum = sum.plus(score);
      out.println(score.row(folder, "anomaly") + "  " + best.settings());
    }
    out.println(sum.row("all folders, each held out", "anomaly"));
  }

  private static TreeSet<String> folders(List<LabelledSeries> all) {
    TreeSet<String> folders = new TreeSet<>();
    all.forEach(series -> folders.add(series.folder()));
    return folders;
  }

  private static Tried best(
      List<Tried> tried, List<LabelledSeries> all, Predicate<LabelledSeries> known) {
    Comparator<Tried> better =
        Comparator.comparing((Tried one) -> one.sum(all, known).falseAlerts() <= MOST_FALSE_ALERTS)
            .thenComparing(one -> one.sum(all, known).f1());
    return tried.stream().max(better).orElseThrow();
  }

  private static MonitorScore threshold(LabelledSeries series, int keepFiring) {
    List<LabelledSeries.Point> learnt = series.hourly().subList(0, series.untold());
    double mean = learnt.stream().mapToDouble(LabelledSeries.Point::value).average().orElseThrow();
    double variance =
        learnt.stream()
            .mapToDouble(point -> Math.pow(point.value() - mean, 2))
            .average()
            .orElseThrow();
    double limit = mean + 3 * Math.sqrt(variance);
    return series.score(
        AnomalySettings.opened(
            series,
            new Condition.Threshold(Condition.Direction.ABOVE, limit, limit),
            keepFiring,
            series.hourly().get(series.untold()).at()));
  }
}
