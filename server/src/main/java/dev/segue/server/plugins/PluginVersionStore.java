package dev.segue.server.plugins;

import java.util.List;

/** Keeps the list of plugin versions that all servers share. */
interface PluginVersionStore {

  /** Lists all versions, removed and refused ones included. */
  List<PluginVersionRow> list();

  /** Adds a version, or replaces what is known of it. */
  void save(PluginVersionRow row);

  /** Forgets a version as if it had never been there. */
  void delete(String pluginId, String version);
}
