package dev.segue.server.bench;

import dev.segue.server.triggers.monitors.Aggregation;
import dev.segue.server.triggers.monitors.AlertRule;
import dev.segue.server.triggers.monitors.Condition;
import dev.segue.server.triggers.monitors.Replay;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Learning;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Season;
import dev.segue.server.triggers.monitors.WatchRule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays monitors over the labelled series of the Numenta Anomaly Benchmark and prints how many of
 * the labelled windows they find, how many of their alerts lie in one, and how late they are.
 */
@Command(
    name = "bench-monitors",
    mixinStandardHelpOptions = true,
    description = "Measures the quality of monitors on labelled series.")
public final class MonitorQuality implements Callable<Integer> {

  private static final Duration HOUR = Duration.ofHours(1);

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

  private record Point(Instant at, double value) {}

  private record Window(Instant from, Instant to) {
    boolean holds(Instant at) {
      return !at.isBefore(from) && !at.isAfter(to);
    }
  }

  private record Score(
      int judged, int windows, int found, int right, int wrong, List<Double> late) {
    Score plus(Score other) {
      List<Double> both = new ArrayList<>(late);
      both.addAll(other.late);
      return new Score(
          judged + other.judged,
          windows + other.windows,
          found + other.found,
          right + other.right,
          wrong + other.wrong,
          both);
    }

    static Score none() {
      return new Score(0, 0, 0, 0, 0, List.of());
    }

    String row(String name, String rule) {
      return "%-52s %-10s %6d %5d/%-3d %5s %4d/%-3d %5s %8s %9.2f"
          .formatted(
              name,
              rule,
              judged,
              found,
              windows,
              share(found, windows),
              right,
              right + wrong,
              share(right, right + wrong),
              late.isEmpty() ? "-" : "%.1f h".formatted(median()),
              judged == 0 ? 0 : 1000.0 * wrong / judged);
    }

    private double median() {
      return late.stream().sorted().toList().get(late.size() / 2);
    }

    private static String share(int part, int whole) {
      return whole == 0 ? "-" : "%.2f".formatted((double) part / whole);
    }
  }

  /** Runs it. */
  public static void main(String... args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new MonitorQuality()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (data == null) {
      throw new IllegalStateException("--data is required");
    }
    PrintStream out = System.out;
    out.printf(
        "anomaly    above or below, sensitivity %s, season a day of 24 slots over %d days,"
            + " level over %d values%n",
        sensitivity, seasons, level);
    out.println("threshold  above mean + 3 standard deviations of the first 15 % of the series");
    out.printf(
        "both       hourly mean, nothing judged in the first 15 %%, keep firing %d h%n%n",
        keepFiring);
    out.printf(
        "%-52s %-10s %6s %9s %5s %8s %5s %8s %9s%n",
        "series", "rule", "judged", "windows", "recall", "alerts", "prec.", "delay", "false/1k");
    Map<String, Score> sums = new TreeMap<>();
    JsonNode windows = JsonMapper.shared().readTree(data.resolve("windows.json").toFile());
    for (Map.Entry<String, JsonNode> series : windows.properties()) {
      List<Point> points = read(data.resolve(series.getKey()));
      List<Window> labelled = new ArrayList<>();
      series
          .getValue()
          .forEach(
              pair ->
                  labelled.add(
                      new Window(time(pair.get(0).asString()), time(pair.get(1).asString()))));
      String folder = series.getKey().substring(0, series.getKey().indexOf('/'));
      List<Point> hourly = hourly(points);
      for (String rule : List.of("anomaly", "threshold")) {
        Score score = score(points, hourly, labelled, rule);
        out.println(score.row(series.getKey(), rule));
        sums.merge(folder + " " + rule, score, Score::plus);
        sums.merge("~all " + rule, score, Score::plus);
      }
    }
    out.println();
    sums.forEach(
        (name, score) ->
            out.println(
                score.row(
                    name.substring(0, name.indexOf(' ')), name.substring(name.indexOf(' ') + 1))));
    return 0;
  }

  private Score score(List<Point> points, List<Point> hourly, List<Window> labelled, String rule) {
    int untold = (int) Math.ceil(0.15 * hourly.size());
    Condition condition =
        rule.equals("anomaly")
            ? new Condition.Anomaly(
                Condition.Direction.EITHER,
                sensitivity,
                sensitivity / 2,
                new Learning(Season.DAY, 24, seasons, level, untold),
                ZoneOffset.UTC)
            : threshold(hourly.subList(0, untold));
    AlertRule alerts =
        new AlertRule(
            Duration.ZERO,
            Duration.ofHours(keepFiring),
            Duration.ZERO,
            Duration.ofDays(7),
            AlertRule.Absence.KEEP_LAST,
            AlertRule.Absence.KEEP_LAST);
    Replay replay = new Replay(new WatchRule(HOUR, HOUR, Aggregation.MEAN, condition, alerts));
    Instant begin = hourly.get(untold).at();
    for (Point point : points) {
      if (rule.equals("anomaly") || !point.at().isBefore(begin)) {
        replay.point(point.at(), point.value());
      }
    }
    List<Instant> opened =
        replay.end(points.getLast().at().plus(HOUR)).stream()
            .map(fired -> fired.alert().openedAt().minus(HOUR))
            .toList();
    return compare(hourly.size() - untold, opened, labelled);
  }

  /** An hour's value counts for the hour in which it was measured. */
  private static Score compare(int judged, List<Instant> opened, List<Window> labelled) {
    Set<Window> found = new HashSet<>();
    List<Double> late = new ArrayList<>();
    int right = 0;
    for (Instant at : opened) {
      List<Window> hit =
          labelled.stream()
              .filter(window -> window.holds(at) || window.holds(at.plus(HOUR).minusMillis(1)))
              .toList();
      right += hit.isEmpty() ? 0 : 1;
      for (Window window : hit) {
        if (found.add(window)) {
          late.add(Duration.between(window.from(), at.plus(HOUR)).toMinutes() / 60.0);
        }
      }
    }
    return new Score(judged, labelled.size(), found.size(), right, opened.size() - right, late);
  }

  private static Condition threshold(List<Point> learnt) {
    double mean = learnt.stream().mapToDouble(Point::value).average().orElseThrow();
    double variance =
        learnt.stream()
            .mapToDouble(point -> Math.pow(point.value() - mean, 2))
            .average()
            .orElseThrow();
    double limit = mean + 3 * Math.sqrt(variance);
    return new Condition.Threshold(Condition.Direction.ABOVE, limit, limit);
  }

  private static List<Point> hourly(List<Point> points) {
    Map<Long, List<Double>> hours = new TreeMap<>();
    for (Point point : points) {
      hours
          .computeIfAbsent(point.at().getEpochSecond() / 3600, hour -> new ArrayList<>())
          .add(point.value());
    }
    return hours.entrySet().stream()
        .map(
            hour ->
                new Point(
                    Instant.ofEpochSecond(hour.getKey() * 3600),
                    hour.getValue().stream().mapToDouble(value -> value).average().orElseThrow()))
        .toList();
  }

  private static List<Point> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(cells -> new Point(time(cells[0]), Double.parseDouble(cells[1])))
        .toList();
  }

  private static Instant time(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }
}
