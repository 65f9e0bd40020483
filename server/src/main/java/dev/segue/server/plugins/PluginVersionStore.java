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

  /**
   * Takes a version out of service and says why, with alarm and audit entry, all or nothing.
   *
   * @param reason what it does, as a sentence without its full stop
   * @param by who does it
   * @param byHand whether it may be done to a version that isn't enabled, too
   * @return false if it wasn't enabled, or, by hand, was removed
   */
  boolean quarantine(String pluginId, String version, String reason, String by, boolean byHand);
}
