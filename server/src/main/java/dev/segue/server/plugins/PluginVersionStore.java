package dev.segue.server.plugins;

import java.util.List;

/** Keeps the list of plugin versions that all servers share. */
interface PluginVersionStore {

  /** Lists all versions, removed and refused ones included. */
  List<PluginVersionRow> list();

  /** Adds a version, or replaces what is known of it. */
  void save(PluginVersionRow row);

  /** Notes that a version could be loaded, and what it serves; it was refused in vain then. */
  void loaded(String pluginId, String version, List<String> stepTypes);

  /** Forgets a version as if it had never been there. */
  void delete(String pluginId, String version);
}
