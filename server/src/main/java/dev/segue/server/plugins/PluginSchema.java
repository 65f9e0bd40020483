package dev.segue.server.plugins;

import java.nio.file.Path;

/** Prepares the database for a plugin before it is loaded. */
@FunctionalInterface
public interface PluginSchema {

  /**
   * Makes the plugin's role and schema if they aren't there, and brings the schema up to date.
   *
   * @param pluginId the plugin
   * @param migrations the folder of its Flyway migrations; may be missing
   * @throws RuntimeException if the database is away or a migration fails; the message says which
   */
  void prepare(String pluginId, Path migrations);
}
