package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The monitors in memory, found by the series that they watch: each stands under one label that it
 * asks for, so that a series is held against few of them. Used by one thread.
 */
final class Watchers {

  /** Of a metric; name and value are empty for monitors that ask for no label. */
  private record Label(String metric, String name, String value) {}

  private final Map<String, Watched> monitors = new HashMap<>();
  private final Map<Label, List<Watched>> byLabel = new HashMap<>();
  private final Map<String, Integer> byMetric = new HashMap<>();

  void add(Watched monitor) {
    monitors.put(monitor.id(), monitor);
    byMetric.merge(monitor.settings().metricName(), 1, Integer::sum);
    labels(monitor).stream()
        .min(Comparator.comparingInt(label -> monitorsAt(label).size()))
        .ifPresent(label -> byLabel.computeIfAbsent(label, none -> new ArrayList<>()).add(monitor));
  }

  /** Nothing happens if it isn't among them. */
  void remove(Watched monitor) {
    if (monitors.remove(monitor.id(), monitor)) {
      byMetric.computeIfPresent(
          monitor.settings().metricName(), (metric, count) -> count == 1 ? null : count - 1);
      labels(monitor).stream()
          .filter(byLabel::containsKey)
          .forEach(label -> monitorsAt(label).remove(monitor));
    }
  }

  void clear() {
    monitors.clear();
    byLabel.clear();
    byMetric.clear();
  }

  @Nullable Watched find(String id) {
    return monitors.get(id);
  }

  Collection<Watched> all() {
    return monitors.values();
  }

  /** The metrics that are watched. */
  Set<String> metrics() {
    return byMetric.keySet();
  }

  /** Those that watch a series. */
  List<Watched> of(SeriesKey series) {
    List<Watched> found = new ArrayList<>();
    collect(new Label(series.metric(), "", ""), series, found);
    series
        .labels()
        .forEach((name, value) -> collect(new Label(series.metric(), name, value), series, found));
    return found;
  }

  private void collect(Label label, SeriesKey series, List<Watched> found) {
    for (Watched monitor : monitorsAt(label)) {
      if (monitor.settings().watches(series.labels())) {
        found.add(monitor);
      }
    }
  }

  private List<Watched> monitorsAt(Label label) {
    return byLabel.getOrDefault(label, List.of());
  }

  /** Under one of which a monitor stands. */
  private static List<Label> labels(Watched monitor) {
    MonitorSettings settings = monitor.settings();
    return settings.matchers().isEmpty()
        ? List.of(new Label(settings.metricName(), "", ""))
        : settings.matchers().entrySet().stream()
            .map(asked -> new Label(settings.metricName(), asked.getKey(), asked.getValue()))
            .toList();
  }
}
