package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The plugin zips that this server has: in its folders, and fetched from what all share. */
final class PresentZips {

  private final PluginFolders folders;
  private final ZipCache cache;
  private final InstalledVersions installed;

  PresentZips(PluginFolders folders, ZipCache cache, InstalledVersions installed) {
    this.folders = folders;
    this.cache = cache;
    this.installed = installed;
  }

  /** All zips that are here, once what other servers installed has been fetched. */
  List<FoundPlugin> look() throws IOException {
    cache.clean(installed.list());
    List<FoundPlugin> found = folders.scan();
    Set<String> contents = new HashSet<>();
    for (FoundPlugin one : found) {
      if (one.staged() != null) {
        contents.add(one.staged().sha256());
      }
    }
    if (cache.bring(installed.list(), contents)) {
      found = folders.scan();
    }
    cache.share(found);
    return found;
  }

  /** Stores a zip for all servers. */
  void put(String sha256, Path zip) throws IOException {
    cache.put(sha256, zip);
  }

  /** Deletes a version's zips from the home folder, whatever they are called. */
  void deleteDropped(String pluginId, String version) throws IOException {
    for (Path zip : folders.homeZips(pluginId, version)) {
      Files.deleteIfExists(zip);
    }
  }
}
