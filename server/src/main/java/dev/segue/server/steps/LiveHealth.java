package dev.segue.server.steps;

import dev.segue.server.plugins.StepHealth;
import java.util.List;
import java.util.Optional;

/** Tells how the steps do that this server runs. */
record LiveHealth(Breakers breakers, PluginWatch watch) implements StepHealth {

  @Override
  public Optional<HeldBack> heldBack(String stepType, String version) {
    return breakers
        .status(stepType, version)
        .filter(status -> status.state() != Breaker.State.CLOSED)
        .map(status -> new HeldBack(status.since(), status.until(), status.lastFailure()));
  }

  @Override
  public List<String> strayCalls(String pluginId, String version) {
    return watch.strayCalls(pluginId + "@" + version);
  }
}
