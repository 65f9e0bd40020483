package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for zips in the plugin folders. Each one is checked once, and again when it changes. A zip
 * that is still being copied is left alone until two looks in a row find it the same.
 */
final class PluginFolders {

  private static final Logger LOG = LoggerFactory.getLogger(PluginFolders.class);

  private final Path home;
  private final Path cache;
  private final Path distribution;
  private final PluginStaging staging;
  private final Map<Path, Seen> seen = new HashMap<>();
  private boolean first = true;

  PluginFolders(PluginsSettings settings, PluginStaging staging) {
    this.home = settings.homeFolder();
    this.cache = settings.cacheFolder();
    this.distribution = settings.distributionFolder();
    this.staging = staging;
  }

  /**
   * Looks once.
   *
   * @return what is there now, the home folder's first, then what was fetched
   */
  List<FoundPlugin> scan() throws IOException {
    List<FoundPlugin> found = new ArrayList<>();
    Set<Path> present = new HashSet<>();
    for (Path zip : zips(home)) {
      look(zip, PluginSource.FOLDER, present, found);
    }
    for (Path zip : zips(cache)) {
      look(zip, PluginSource.UPLOAD, present, found);
    }
    for (Path zip : zips(distribution)) {
      look(zip, PluginSource.DISTRIBUTION, present, found);
    }
    seen.keySet().retainAll(present);
    first = false;
    return found;
  }

  private void look(Path zip, PluginSource source, Set<Path> present, List<FoundPlugin> found) {
    try {
      present.add(zip);
      BasicFileAttributes now = Files.readAttributes(zip, BasicFileAttributes.class);
      Seen before = seen.get(zip);
      FoundPlugin known = before == null ? null : before.result;
      boolean same = before != null && before.isLike(now);
      boolean complete = same || first || source == PluginSource.UPLOAD;
      boolean checked = same && before != null && before.checked;
      FoundPlugin result = checked || !complete ? known : check(zip, source);
      seen.put(zip, new Seen(now.size(), now.lastModifiedTime(), result, complete));
      if (result != null) {
        found.add(result);
      }
    } catch (IOException e) {
      LOG.warn("Could not read the plugin {}: {}; trying again later", zip, e.toString());
    }
  }

  /** The home folder's zips of a version, whatever they are called. */
  List<Path> homeZips(String pluginId, String version) {
    List<Path> zips = new ArrayList<>();
    seen.forEach(
        (zip, file) -> {
          StagedPlugin staged = file.result == null ? null : file.result.staged();
          if (zip.startsWith(home)
              && staged != null
              && staged.manifest().id().equals(pluginId)
              && staged.manifest().version().toString().equals(version)) {
            zips.add(zip);
          }
        });
    return zips;
  }

  private FoundPlugin check(Path zip, PluginSource source) throws IOException {
    try {
      return new FoundPlugin(zip, source, staging.stage(zip), null);
    } catch (PluginRefusedException refusal) {
      return new FoundPlugin(zip, source, null, refusal);
    }
  }

  private static List<Path> zips(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  /** How a file was last seen; {@code result} is of an earlier content until it is checked. */
  private record Seen(long size, FileTime modified, @Nullable FoundPlugin result, boolean checked) {

    boolean isLike(BasicFileAttributes now) {
      return size == now.size() && modified.equals(now.lastModifiedTime());
    }
  }
}
