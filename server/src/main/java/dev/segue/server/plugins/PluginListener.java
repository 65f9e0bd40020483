package dev.segue.server.plugins;

import java.util.Set;

/** Hears what the plugin host does. Called on the host's thread; return soon, throw nothing. */
public interface PluginListener {

  /**
   * Other versions serve from now on.
   *
   * @param stepTypes all that is served, whether new or as before
   */
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
