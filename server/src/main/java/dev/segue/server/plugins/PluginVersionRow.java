package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import java.time.Instant;
import java.util.List;

/**
 * What all servers know of a plugin version.
 *
 * @param pluginId the plugin's id; for a refused zip that doesn't say it, the zip's name
 * @param version the plugin's version; for a refused zip that doesn't say it, {@code unknown}
 * @param sha256 of the zip, in lower-case hex; empty if it couldn't be read
 * @param stepTypes what it serves; empty if it was never loaded
 * @param provider who made it; may be empty
 * @param license may be empty
 * @param message why it was refused or rolled back; may be empty
 * @param trust why it may run here
 * @param installedBy who put it there: a user name, or {@code folder} or {@code distribution}
 */
public record PluginVersionRow(
    String pluginId,
    String version,
    String sha256,
    PluginState state,
    PluginSource source,
    List<String> stepTypes,
    String provider,
    String license,
    String message,
    PluginTrust trust,
    Instant installedAt,
    String installedBy) {

  /** Copies the list. */
  public PluginVersionRow {
    stepTypes = List.copyOf(stepTypes);
  }

  SemanticVersion semanticVersion() {
    return SemanticVersion.parse(version);
  }

  /** Whether it is that version of that plugin. */
  boolean is(String id, String ofVersion) {
    return pluginId.equals(id) && version.equals(ofVersion);
  }

  /** The same version in another state. */
  PluginVersionRow with(PluginState other, String why) {
    return new PluginVersionRow(
        pluginId,
        version,
        sha256,
        other,
        source,
        stepTypes,
        provider,
        license,
        why,
        trust,
        installedAt,
        installedBy);
  }

  /** The same version, now that it is known what it serves. */
  PluginVersionRow serving(List<String> types) {
    return new PluginVersionRow(
        pluginId,
        version,
        sha256,
        state,
        source,
        types,
        provider,
        license,
        message,
        trust,
        installedAt,
        installedBy);
  }

  /** The same version, now that it is known who signed it. */
  PluginVersionRow trusted(PluginTrust other) {
    return new PluginVersionRow(
        pluginId,
        version,
        sha256,
        state,
        source,
        stepTypes,
        provider,
        license,
        message,
        other,
        installedAt,
        installedBy);
  }
}
