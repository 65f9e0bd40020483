package dev.segue.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A series of the Numenta Anomaly Benchmark with the windows that people labelled.
 *
 * @param name of its file, such as {@code realTweets/Twitter_volume_KO.csv}
 * @param points as they were measured, in the order of their time
 * @param hourly the mean of each hour that has points
 */
record LabelledSeries(String name, List<Point> points, List<Point> hourly, List<Window> labelled) {

  static final Duration HOUR = Duration.ofHours(1);

  /** A value and when it was measured. */
  record Point(Instant at, double value) {}

  /** From when to when something was out of order. */
  record Window(Instant from, Instant to) {
    private boolean holds(Instant at) {
      return !at.isBefore(from) && !at.isAfter(to);
    }
  }

  /** All that a folder with {@code windows.json} names. */
  static List<LabelledSeries> read(Path data) {
    JsonNode windows = JsonMapper.shared().readTree(data.resolve("windows.json").toFile());
    return windows.properties().stream()
        .map(each -> read(data, each.getKey(), each.getValue()))
        .toList();
  }

  private static LabelledSeries read(Path data, String name, JsonNode windows) {
    List<Window> labelled =
        windows
            .valueStream()
            .map(pair -> new Window(time(pair.get(0).asString()), time(pair.get(1).asString())))
            .toList();
    try {
      List<Point> points =
          Files.readAllLines(data.resolve(name)).stream()
              .skip(1)
              .map(line -> line.split(","))
              .map(cells -> new Point(time(cells[0]), Double.parseDouble(cells[1])))
              .toList();
      return new LabelledSeries(name, points, hourly(points), labelled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String folder() {
    return name.substring(0, name.indexOf('/'));
  }

  /** How many hours come before anything is judged. */
  int untold() {
    return (int) Math.ceil(0.15 * hourly.size());
  }

  /** The end of the last hour. */
  Instant end() {
    return points.getLast().at().plus(HOUR);
  }

  /**
   * Holds alerts against the labels.
   *
   * @param opened the beginnings of the hours whose values opened an alert
   */
  MonitorScore score(List<Instant> opened) {
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
    return new MonitorScore(
        hourly.size() - untold(),
        labelled.size(),
        found.size(),
        right,
        opened.size() - right,
        late);
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

  private static Instant time(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }
}
