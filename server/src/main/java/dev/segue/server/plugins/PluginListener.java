package dev.segue.server.plugins;

import java.util.Set;

/** Hears what the plugin host does. Called on the host's thread; return soon, throw nothing. */
public interface PluginListener {

  /** The set of served step types changed; {@code stepTypes} is the whole new set. */
  void served(Set<String> stepTypes);

  /**
   * A version has been replaced, yet steps still run in it though its time to drain is up:
   * interrupt them.
   *
   * @param pluginId the plugin
   * @param version the replaced version
   */
  void drainOverdue(String pluginId, String version);
}
