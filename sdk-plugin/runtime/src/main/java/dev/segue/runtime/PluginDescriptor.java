package dev.segue.runtime;

import dev.segue.sdk.MetricSource.MetricInfo;
import java.util.List;

/**
 * All that one plugin offers: plain data, immutable.
 *
 * @param plugin the plugin's id
 * @param steps in the order of registration; a change step counts twice
 * @param connections in the order of registration
 * @param metrics in the order of registration
 */
public record PluginDescriptor(
    String plugin,
    List<StepDescriptor> steps,
    List<ConnectionDescriptor> connections,
    List<MetricInfo> metrics) {

  /** Copies the lists. */
  public PluginDescriptor {
    steps = List.copyOf(steps);
    connections = List.copyOf(connections);
    metrics = List.copyOf(metrics);
  }
}
