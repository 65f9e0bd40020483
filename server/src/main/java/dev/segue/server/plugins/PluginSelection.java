package dev.segue.server.plugins;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which versions of each plugin are to be loaded: the newest that works, those that
 * somebody has pinned, and older ones that alone serve a step type in use.
 */
final class PluginSelection {

  private final LoadedVersions versions;
  private final InstalledVersions installed;

  PluginSelection(LoadedVersions versions, InstalledVersions installed) {
    this.versions = versions;
    this.installed = installed;
  }

  /**
   * Loads what is chosen.
   *
   * @param usable the newest of each plugin first
   * @param stepTypesInUse what deployed workflows need
   * @param pins what workflows and jobs ask for; of each, the newest version that works
   * @return the chosen versions, loaded, the newest of each plugin first
   */
  List<LoadedPlugin> load(
      List<StagedPlugin> usable, Set<String> stepTypesInUse, Set<PluginPin> pins) {
    Map<String, List<StagedPlugin>> byPlugin = new LinkedHashMap<>();
    for (StagedPlugin staged : usable) {
      byPlugin.computeIfAbsent(staged.manifest().id(), id -> new ArrayList<>()).add(staged);
    }
    List<LoadedPlugin> chosen = new ArrayList<>();
    byPlugin.forEach((id, newestFirst) -> choose(id, newestFirst, stepTypesInUse, pins, chosen));
    return chosen;
  }

  private void choose(
      String id,
      List<StagedPlugin> newestFirst,
      Set<String> stepTypesInUse,
      Set<PluginPin> pins,
      List<LoadedPlugin> chosen) {
    Set<String> missing = new HashSet<>(stepTypesInUse);
    missing.removeIf(type -> !type.startsWith(id + ":"));
    boolean haveNewest = false;
    Set<PluginPin> open = new HashSet<>(pins);
    for (StagedPlugin staged : newestFirst) {
      PluginManifest manifest = staged.manifest();
      Predicate<PluginPin> takes = pin -> pin.takes(manifest.id(), manifest.version());
      boolean pinned = open.stream().anyMatch(takes);
      if (haveNewest && !pinned && missing.isEmpty()) {
        continue;
      }
      LoadedPlugin plugin = load(staged);
      if (plugin == null) {
        continue;
      }
      open.removeIf(takes);
      boolean helps = missing.removeAll(Set.copyOf(plugin.stepTypes()));
      if (!haveNewest || pinned || helps) {
        chosen.add(plugin);
        haveNewest = true;
      }
    }
  }

  private @Nullable LoadedPlugin load(StagedPlugin staged) {
    LoadedPlugin known = versions.get(staged);
    if (known != null) {
      return known;
    }
    try {
      LoadedPlugin plugin = versions.load(staged);
      installed.loaded(staged, plugin.stepTypes());
      return plugin;
    } catch (PluginRefusedException e) {
      if (Thread.currentThread().isInterrupted()) {
        return null;
      }
      installed.failed(staged, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
