package dev.segue.server.plugins;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.connections.ConnectionTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Which loaded version serves what; changed as a whole, read without locks. */
final class StepRegistry implements StepCatalog, ConnectionTypes {

  private volatile State state = State.of(List.of());

  /** Serves what these versions offer from now on; of one plugin, the newest first. */
  void serve(List<LoadedPlugin> newestFirst) {
    state = State.of(newestFirst);
  }

  Set<String> stepTypes() {
    return state.steps.keySet();
  }

  /** Leases the version that serves a step type, or the newest in a range that does. */
  Optional<PluginLease> lease(String stepType, @Nullable VersionRange versions) {
    return acquire(
        (now, type) ->
            versions == null ? now.steps.get(type) : State.newest(now.versions.get(type), versions),
        stepType);
  }

  /** Leases the newest loaded version of a plugin that has a step, for its other offers. */
  Optional<LoadedPlugin> leasePlugin(String pluginId) {
    while (true) {
      LoadedPlugin plugin = state.plugins.get(pluginId);
      if (plugin == null || plugin.tryAcquire()) {
        return Optional.ofNullable(plugin);
      }
      Thread.onSpinWait();
    }
  }

  /** A version on its way out has left the state already, so the next look finds another. */
  private Optional<PluginLease> acquire(
      BiFunction<State, String, @Nullable ServedStep> lookUp, String stepType) {
    while (true) {
      ServedStep served = lookUp.apply(state, stepType);
      if (served == null) {
        return Optional.empty();
      }
      if (served.plugin().tryAcquire()) {
        return Optional.of(new PluginLease(served));
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public Optional<StepDescriptor> find(String stepType) {
    return Optional.ofNullable(state.steps.get(stepType)).map(ServedStep::descriptor);
  }

  @Override
  public List<StepDescriptor> all() {
    return state.steps.values().stream()
        .map(ServedStep::descriptor)
        .sorted(Comparator.comparing(StepDescriptor::type))
        .toList();
  }

  @Override
  public Optional<StepOffer> offer(String stepType) {
    return Optional.ofNullable(state.steps.get(stepType)).map(ServedStep::offer);
  }

  @Override
  public List<StepOffer> offers() {
    return state.steps.values().stream().map(ServedStep::offer).toList();
  }

  @Override
  public Optional<String> pluginVersion(String stepType) {
    return Optional.ofNullable(state.steps.get(stepType)).map(ServedStep::version);
  }

  @Override
  public List<String> inputFields(String stepType) {
    return state.inputFields.getOrDefault(stepType, List.of());
  }

  @Override
  public SortedSet<String> unserved(Collection<String> stepTypes) {
    SortedSet<String> missing = new TreeSet<>(stepTypes);
    missing.removeAll(state.steps.keySet());
    return missing;
  }

  @Override
  public Optional<ConnectionDescriptor> connectionType(String type) {
    return Optional.ofNullable(state.connections.get(type));
  }

  @Override
  public List<ConnectionDescriptor> connectionTypes() {
    return List.copyOf(state.connections.values());
  }

  private record State(
      Map<String, ServedStep> steps,
      Map<String, List<ServedStep>> versions,
      Map<String, LoadedPlugin> plugins,
      Map<String, ConnectionDescriptor> connections,
      Map<String, List<String>> inputFields) {

    static @Nullable ServedStep newest(@Nullable List<ServedStep> newestFirst, VersionRange range) {
      return newestFirst == null
          ? null
          : newestFirst.stream()
              .filter(step -> range.contains(step.plugin().manifest().version()))
              .findFirst()
              .orElse(null);
    }

    static State of(List<LoadedPlugin> newestFirst) {
      Map<String, ServedStep> steps = new HashMap<>();
      Map<String, List<ServedStep>> versions = new HashMap<>();
      Map<String, LoadedPlugin> plugins = new HashMap<>();
      Map<String, ConnectionDescriptor> connections = new TreeMap<>();
      Map<String, SortedSet<String>> fields = new HashMap<>();
      for (LoadedPlugin plugin : newestFirst) {
        plugins.putIfAbsent(plugin.manifest().id(), plugin);
        for (StepDescriptor step : plugin.description().descriptor().steps()) {
          ServedStep served = ServedStep.of(plugin, step);
          steps.putIfAbsent(step.type().toString(), served);
          fields
              .computeIfAbsent(step.type().toString(), type -> new TreeSet<>())
              .addAll(served.inputFields());
          versions.computeIfAbsent(step.type().toString(), type -> new ArrayList<>()).add(served);
        }
        for (ConnectionDescriptor type : plugin.description().descriptor().connections()) {
          connections.putIfAbsent(type.type(), type);
        }
      }
      Map<String, List<String>> inputFields = new HashMap<>();
      fields.forEach((type, names) -> inputFields.put(type, List.copyOf(names)));
      return new State(
          Map.copyOf(steps),
          Map.copyOf(versions),
          Map.copyOf(plugins),
          connections,
          Map.copyOf(inputFields));
    }
  }
}
