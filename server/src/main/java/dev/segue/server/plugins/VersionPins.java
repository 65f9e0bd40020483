package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.plugins.DeployedSteps.WorkflowPin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which versions are wanted besides the newest: by deployed workflows, and by jobs of diagrams that
 * nobody knows. Used under the host's lock, but for {@link #of} and {@link #isWanted}.
 */
final class VersionPins {

  /** A version that only jobs asked for is let go after this; the next job gets it again. */
  private static final Duration ASKED_FOR = Duration.ofHours(1);

  private final DeployedSteps deployed;
  private final InstantSource clock;
  private final Map<PluginPin, Instant> asked = new HashMap<>();
  private List<WorkflowPin> pins = List.of();

  /** The range by {@code workflow plugin}, of the pins that hold for whole workflows. */
  private volatile Map<String, VersionRange> ofWorkflows = Map.of();

  private volatile Set<PluginPin> wantedNow = Set.of();

  VersionPins(DeployedSteps deployed, InstantSource clock) {
    this.deployed = deployed;
    this.clock = clock;
  }

  /** Reads the pins anew, and tells all that are wanted. */
  Set<PluginPin> refresh() {
    pins = deployed.pins();
    Map<String, VersionRange> whole = new HashMap<>();
    Set<PluginPin> wanted = new HashSet<>();
    for (WorkflowPin pin : pins) {
      wanted.add(pin.pin());
      if (pin.allSteps()) {
        whole.put(key(pin.workflow(), pin.pin().plugin()), pin.pin().versions());
      }
    }
    ofWorkflows = Map.copyOf(whole);
    Instant old = clock.instant().minus(ASKED_FOR);
    asked.values().removeIf(at -> at.isBefore(old));
    wanted.addAll(asked.keySet());
    wantedNow = Set.copyOf(wanted);
    return wantedNow;
  }

  /** Which versions a workflow's steps use; empty for the one that serves. */
  Optional<VersionRange> of(String workflow, String plugin) {
    return Optional.ofNullable(ofWorkflows.get(key(workflow, plugin)));
  }

  /** Whether versions are looked after already. */
  boolean isWanted(PluginPin pin) {
    return wantedNow.contains(pin);
  }

  /**
   * A job wants versions that nobody has asked for.
   *
   * @return whether this is the first to say so
   */
  boolean ask(PluginPin pin) {
    return asked.putIfAbsent(pin, clock.instant()) == null;
  }

  /** Which workflows would find no version any more if one went away. */
  Set<String> needing(PluginVersionRow going, List<PluginVersionRow> rows) {
    SemanticVersion version = SemanticVersion.parse(going.version());
    Set<String> workflows = new TreeSet<>();
    for (WorkflowPin pin : deployed.pins()) {
      boolean others =
          rows.stream()
              .filter(row -> row.state() == PluginState.ENABLED)
              .filter(row -> row.pluginId().equals(going.pluginId()))
              .filter(row -> !row.version().equals(going.version()))
              .anyMatch(row -> pin.pin().takes(row.pluginId(), row.semanticVersion()));
      if (pin.pin().takes(going.pluginId(), version) && !others) {
        workflows.add(pin.workflow());
      }
    }
    return workflows;
  }

  private static String key(String workflow, String plugin) {
    return workflow + " " + plugin;
  }
}
