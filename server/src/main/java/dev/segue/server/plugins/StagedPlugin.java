package dev.segue.server.plugins;

import java.nio.file.Path;

/**
 * A plugin zip that passed every check, unpacked where nobody else writes.
 *
 * @param manifest what it says of itself
 * @param sha256 of the zip, in lower-case hex
 * @param folder the unpacked content
 */
record StagedPlugin(PluginManifest manifest, String sha256, Path folder) {}
