package dev.segue.server.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Installs, enables, disables and removes plugin versions. Used under the host's lock. */
final class VersionAdministration {

  private final PluginStaging staging;
  private final PresentZips zips;
  private final InstalledVersions installed;
  private final LoadedVersions versions;
  private final Trials trials;
  private final Runnable reconcile;

  VersionAdministration(
      PluginStaging staging,
      PresentZips zips,
      InstalledVersions installed,
      LoadedVersions versions,
      Trials trials,
      Runnable reconcile) {
    this.staging = staging;
    this.zips = zips;
    this.installed = installed;
    this.versions = versions;
    this.trials = trials;
    this.reconcile = reconcile;
  }

  /** First it must load and pass its self-test; until then, nothing has changed anywhere. */
  InstalledPlugin install(Path zip, PluginTrust trust, String by)
      throws PluginRefusedException, IOException {
    StagedPlugin staged = staging.stage(zip);
    PluginManifest manifest = staged.manifest();
    String version = manifest.version().toString();
    Optional<PluginVersionRow> known = installed.find(manifest.id(), version);
    LoadedPlugin loaded;
    try {
      refuseAnotherBuild(staged, known);
      loaded = versions.load(staged);
    } catch (PluginRefusedException e) {
      staging.discard(staged);
      throw e;
    }
    zips.put(staged.sha256(), zip);
    zips.deleteDropped(manifest.id(), version);
    installed.installed(staged, trust, by);
    installed.loaded(staged, loaded.stepTypes());
    known.ifPresent(this::anotherTrial);
    reconcile.run();
    return show(manifest.id(), version);
  }

  private static void refuseAnotherBuild(StagedPlugin staged, Optional<PluginVersionRow> known)
      throws PluginRefusedException {
    if (known.isPresent()
        && known.get().state() != PluginState.REMOVED
        && staged.manifest().version().isRelease()
        && !known.get().sha256().equals(staged.sha256())) {
      throw new PluginRefusedException(
          "The plugin %s is installed already with other content. Give the new build a new version, or remove the installed one first."
              .formatted(staged.manifest().label()),
          null);
    }
  }

  InstalledPlugin change(String pluginId, String version, PluginState state) {
    try {
      PluginVersionRow row =
          installed
              .find(pluginId, version)
              .orElseThrow(() -> new UnknownPluginException(pluginId, version));
      installed.change(row, state);
      anotherTrial(row);
      if (state == PluginState.REMOVED) {
        zips.deleteDropped(pluginId, version);
      }
      reconcile.run();
      return show(pluginId, version);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete the plugin's zip", e);
    }
  }

  /** What somebody decides on has to prove itself anew; what served before doesn't. */
  private void anotherTrial(PluginVersionRow before) {
    if (before.state() != PluginState.ENABLED) {
      trials.forget(before);
    }
  }

  List<InstalledPlugin> list() {
    Set<String> loaded = new LinkedHashSet<>();
    versions
        .all()
        .forEach(plugin -> loaded.add(plugin.manifest().id() + "@" + plugin.manifest().version()));
    return installed.list().stream()
        .map(row -> new InstalledPlugin(row, loaded.contains(row.pluginId() + "@" + row.version())))
        .toList();
  }

  private InstalledPlugin show(String pluginId, String version) {
    return list().stream()
        .filter(
            one ->
                one.version().pluginId().equals(pluginId)
                    && one.version().version().equals(version))
        .findFirst()
        .orElseThrow(() -> new UnknownPluginException(pluginId, version));
  }
}
