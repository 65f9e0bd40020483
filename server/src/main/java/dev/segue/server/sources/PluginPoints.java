package dev.segue.server.sources;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.MetricBinding;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.MetricPoints;
import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.MetricSource.MetricInfo;
import dev.segue.sdk.MetricSource.MetricPoint;
import dev.segue.server.connections.ConnectionException;
import dev.segue.server.connections.Connections;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.steps.StepContexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads points by the code of plugins, each metric by a call of its own, under the same watch as
 * their steps. Thread-safe.
 */
final class PluginPoints {

  /** As the SDK promises to plugins. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  /** As the SDK promises to plugins. */
  static final int MOST_POINTS = 100_000;

  private final PluginHost plugins;
  private final StepInvoker invoker;
  private final StepContexts contexts;
  private final Connections connections;

  PluginPoints(
      PluginHost plugins, StepInvoker invoker, StepContexts contexts, Connections connections) {
    this.plugins = plugins;
    this.invoker = invoker;
    this.contexts = contexts;
    this.connections = connections;
  }

  /**
   * Finds the metrics that a source names.
   *
   * @throws SourceException if the plugin isn't loaded, or lacks one, or needs another connection
   */
  List<MetricInfo> metrics(Definition.Origin.Plugin source) throws SourceException {
    Found found =
        plugins
            .with(source.id(), plugin -> found(plugin, source))
            .orElseThrow(() -> notLoaded(source));
    return found.get();
  }

  /** What a look gave; exceptions don't pass through the host's calls. */
  private record Found(List<MetricInfo> metrics, Optional<SourceException> problem) {

    static Found not(String field, String message) {
      return new Found(List.of(), Optional.of(new SourceException(field, message)));
    }

    List<MetricInfo> get() throws SourceException {
      if (problem.isPresent()) {
        throw problem.get();
      }
      return metrics;
    }
  }

  private Found found(PluginDescription plugin, Definition.Origin.Plugin source) {
    List<String> offered =
        plugin.descriptor().metrics().stream().map(MetricInfo::name).sorted().toList();
    if (offered.isEmpty()) {
      return Found.not("plugin.id", "The plugin %s offers no metrics.".formatted(source.id()));
    }
    List<String> chosen = source.metrics();
    List<String> wanted = chosen == null ? offered : chosen.stream().distinct().toList();
    List<MetricInfo> infos = new ArrayList<>();
    TreeSet<String> needed = new TreeSet<>();
    for (String name : wanted) {
      Optional<MetricBinding> metric = plugin.metric(name);
      if (metric.isEmpty()) {
        return Found.not(
            "plugin.metrics",
            "The plugin %s offers no metric %s. It offers %s."
                .formatted(source.id(), name, String.join(", ", offered)));
      }
      infos.add(metric.get().info());
      metric.get().connection().ifPresent(type -> needed.add(type.descriptor().type()));
    }
    return connectionProblem(source, needed)
        .map(message -> Found.not("plugin.connection", message))
        .orElseGet(() -> new Found(List.copyOf(infos), Optional.empty()));
  }

  private Optional<String> connectionProblem(
      Definition.Origin.Plugin source, TreeSet<String> needed) {
    String name = source.connection();
    if (needed.isEmpty()) {
      return name == null
          ? Optional.empty()
          : Optional.of("These metrics are read without a connection. Leave it out.");
    }
    if (needed.size() > 1) {
      return Optional.of(
          "These metrics are read from connections of several types, %s. Make a source for each (plugin.metrics)."
              .formatted(String.join(" and ", needed)));
    }
    if (name == null) {
      return Optional.of("Name a connection of the type %s.".formatted(needed.first()));
    }
    return connections
        .find(name)
        .map(
            found ->
                found.type().equals(needed.first())
                    ? Optional.<String>empty()
                    : Optional.of(
                        "The connection %s is of the type %s; these metrics need one of the type %s."
                            .formatted(name, found.type(), needed.first())))
        .orElseGet(() -> Optional.of("There is no connection %s. Add it first.".formatted(name)));
  }

  /**
   * Reads the points of a period; a metric that fails holds up no other.
   *
   * @param most how many points of each metric are read
   * @return whether there are more points
   * @throws SourceException if a metric failed; what the others gave is with the sink
   */
  boolean read(Definition.Origin.Plugin source, Period period, int most, PointSink sink)
      throws SourceException {
    boolean more = false;
    int row = 0;
    List<String> failures = new ArrayList<>();
    for (MetricInfo info : metrics(source)) {
      StepResult<MetricPoints> result =
          plugins
              .with(source.id(), plugin -> read(plugin, info.name(), source, period, most))
              .orElseThrow(() -> notLoaded(source));
      switch (result) {
        case StepResult.Completed<MetricPoints> done -> {
          for (MetricPoint point : done.value().points()) {
            hand(info, point, period, ++row, sink);
          }
          more |= done.value().more();
        }
        case StepResult.Failed<MetricPoints> failed ->
            failures.add(info.name() + ": " + failed.failure().message());
      }
    }
    if (!failures.isEmpty()) {
      throw new SourceException("plugin", String.join(" ", failures));
    }
    return more;
  }

  private StepResult<MetricPoints> read(
      PluginDescription plugin,
      String metric,
      Definition.Origin.Plugin source,
      Period period,
      int most) {
    Optional<MetricBinding> binding = plugin.metric(metric);
    if (binding.isEmpty()) {
      return failed("The plugin no longer offers the metric %s.".formatted(metric));
    }
    Optional<String> connection = Optional.ofNullable(source.connection());
    try {
      Optional<ConnectionBinding> type = binding.get().connection();
      if (type.isPresent()) {
        // Fetched here, so that a paused or missing one is told before the plugin is called.
        connections.settings(connection.orElse(""), type.get().descriptor().type());
      }
    } catch (ConnectionException e) {
      return failed(String.valueOf(e.getMessage()));
    }
    return invoker.points(
        plugin,
        binding.get(),
        connection,
        period,
        most,
        contexts.outsideRuns(plugin, LIMIT, Optional.empty()));
  }

  private static StepResult<MetricPoints> failed(String message) {
    return new StepResult.Failed<>(new StepFailure.Retry(Duration.ZERO, message), Duration.ZERO);
  }

  private static void hand(
      MetricInfo info, MetricPoint point, Period period, int row, PointSink sink) {
    if (!period.contains(point.time())) {
      sink.refused(
          row,
          "%s: %s is not of the period that was asked for.".formatted(info.name(), point.time()));
      return;
    }
    for (String label : point.labels().keySet()) {
      if (!info.labels().contains(label)) {
        sink.refused(row, "%s: the label %s isn't declared.".formatted(info.name(), label));
        return;
      }
    }
    sink.point(row, info.name(), point.labels(), point.time(), point.value());
  }

  private static SourceException notLoaded(Definition.Origin.Plugin source) {
    return new SourceException(
        "plugin.id", "The plugin %s isn't loaded; install or enable it.".formatted(source.id()));
  }
}
