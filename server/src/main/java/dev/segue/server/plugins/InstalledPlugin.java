package dev.segue.server.plugins;

/**
 * A plugin version as people see it.
 *
 * @param version what all servers know of it
 * @param loaded whether this server has it in memory
 */
public record InstalledPlugin(PluginVersionRow version, boolean loaded) {}
