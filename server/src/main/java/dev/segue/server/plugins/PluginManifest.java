package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;

/**
 * What a plugin's descriptor says, checked.
 *
 * @param id {@code [a-z0-9-]{2,40}}
 * @param version of the plugin
 * @param pluginClass binary name of the {@code SeguePlugin}
 * @param requires which versions of the SDK it works with
 * @param provider who made it; may be empty
 * @param license such as {@code Apache-2.0}; may be empty
 * @param description one or two sentences; may be empty
 */
public record PluginManifest(
    String id,
    SemanticVersion version,
    String pluginClass,
    VersionRange requires,
    String provider,
    String license,
    String description) {

  /** Names the version among all, such as {@code pos-files 1.2.0}. */
  public String label() {
    return id + " " + version;
  }
}
