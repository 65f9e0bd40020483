package dev.segue.server.plugins;

import dev.segue.runtime.PluginDescription;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One loaded version of a plugin. Whoever calls its code holds a lease; when its owner has let go
 * of it and the last lease is back, it is unloaded.
 */
final class LoadedPlugin {

  private final StagedPlugin staged;
  private final SinglePluginManager manager;
  private final PluginDescription description;
  private final Consumer<LoadedPlugin> onDrained;

  /** The owner's hold counts as one. */
  private final AtomicInteger holds = new AtomicInteger(1);

  LoadedPlugin(
      StagedPlugin staged,
      SinglePluginManager manager,
      PluginDescription description,
      Consumer<LoadedPlugin> onDrained) {
    this.staged = staged;
    this.manager = manager;
    this.description = description;
    this.onDrained = onDrained;
  }

  StagedPlugin staged() {
    return staged;
  }

  PluginManifest manifest() {
    return staged.manifest();
  }

  PluginDescription description() {
    return description;
  }

  /** The step types that it serves, in no order. */
  List<String> stepTypes() {
    return description.descriptor().steps().stream().map(step -> step.type().toString()).toList();
  }

  /** Takes a lease, unless the version is on its way out. */
  boolean tryAcquire() {
    int seen = holds.get();
    while (seen > 0) {
      if (holds.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = holds.get();
    }
    return false;
  }

  /** Gives a lease back, or, once, the owner's hold. */
  void release() {
    if (holds.decrementAndGet() == 0) {
      onDrained.accept(this);
    }
  }

  /** How many leases are out, the owner's hold not counted once it is given up. */
  int holds() {
    return holds.get();
  }

  /** Ends the plugin; only after the last release. */
  void unload() {
    manager.unload();
  }
}
