package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;

/**
 * That somebody wants certain versions of a plugin.
 *
 * @param plugin its id
 * @param versions one version, or a range; the newest in it serves
 */
public record PluginPin(String plugin, VersionRange versions) {

  /** The task header by which a single task asks for versions. */
  public static final String HEADER = "segue.plugin-version";

  /** The plugin that a step type belongs to. */
  public static String pluginOf(String stepType) {
    int end = stepType.indexOf(':');
    return end < 0 ? stepType : stepType.substring(0, end);
  }

  /** Reads what {@link #toString} wrote. */
  public static PluginPin parse(String text) {
    int end = text.indexOf('@');
    if (end < 0) {
      throw new IllegalArgumentException("'" + text + "' isn't plugin@versions");
    }
    return new PluginPin(text.substring(0, end), VersionRange.parse(text.substring(end + 1)));
  }

  boolean takes(String id, SemanticVersion version) {
    return plugin.equals(id) && versions.contains(version);
  }

  @Override
  public String toString() {
    return plugin + "@" + versions;
  }
}
