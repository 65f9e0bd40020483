package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This server's copies of the zips that all servers share, each under its content's name: a file
 * that has that name is whole. Used under the host's lock.
 */
final class ZipCache {

  private static final Logger LOG = LoggerFactory.getLogger(ZipCache.class);

  /** Long enough for an installation whose zip is stored and whose version isn't entered yet. */
  private static final Duration UNUSED_LIMIT = Duration.ofHours(1);

  private final Path folder;
  private final PluginZips zips;
  private final InstantSource clock;

  /** Content that is known to be stored, so as not to ask at each look. */
  private final Set<String> stored = new HashSet<>();

  private Instant nextCleaning = Instant.MIN;

  ZipCache(Path folder, PluginZips zips, InstantSource clock) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.zips = zips;
    this.clock = clock;
  }

  /** Stores a zip for all servers, and keeps a copy. */
  void put(String sha256, Path zip) throws IOException {
    zips.store(sha256, zip);
    Path part = part(sha256);
    Files.copy(zip, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, file(sha256), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Stores what was dropped in the home folder, so that other servers get it. */
  void share(Collection<FoundPlugin> found) {
    for (FoundPlugin one : found) {
      StagedPlugin staged = one.staged();
      if (one.source() != PluginSource.FOLDER
          || staged == null
          || stored.contains(staged.sha256())) {
        continue;
      }
      try {
        zips.store(staged.sha256(), one.zip());
        stored.add(staged.sha256());
      } catch (IOException e) {
        LOG.warn(
            "Could not store the plugin {} for other servers; trying again soon: {}",
            one.zip(),
            e.getMessage());
      }
    }
  }

  /**
   * Fetches what other servers installed and this one lacks.
   *
   * @return whether there is something new
   */
  boolean bring(Collection<PluginVersionRow> rows, Set<String> present) {
    List<String> missing = new ArrayList<>();
    for (PluginVersionRow row : rows) {
      if (row.state() == PluginState.ENABLED && !present.contains(row.sha256())) {
        missing.add(row.sha256());
      }
    }
    if (missing.isEmpty()) {
      return false;
    }
    boolean news = false;
    for (String sha256 : zips.stored(missing)) {
      news |= fetch(sha256);
    }
    return news;
  }

  private boolean fetch(String sha256) {
    try {
      Path part = part(sha256);
      if (!zips.fetch(sha256, part)) {
        Files.deleteIfExists(part);
        return false;
      }
      Files.move(part, file(sha256), StandardCopyOption.ATOMIC_MOVE);
      LOG.info("Fetched the plugin zip {}", sha256);
      return true;
    } catch (IOException e) {
      LOG.warn("Could not fetch a plugin's zip; trying again soon: {}", e.getMessage());
      return false;
    }
  }

  /** Deletes what no version needs any more: here at once, the shared ones after a while. */
  void clean(Collection<PluginVersionRow> rows) throws IOException {
    Set<String> needed = new HashSet<>();
    for (PluginVersionRow row : rows) {
      if (row.state() != PluginState.REMOVED) {
        needed.add(row.sha256() + ".zip");
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!needed.contains(String.valueOf(file.getFileName()))) {
          Files.deleteIfExists(file);
        }
      }
    }
    stored.removeIf(sha256 -> !needed.contains(sha256 + ".zip"));
    if (!clock.instant().isBefore(nextCleaning)) {
      zips.deleteUnused(UNUSED_LIMIT);
      nextCleaning = clock.instant().plus(UNUSED_LIMIT);
    }
  }

  Path file(String sha256) {
    return folder.resolve(sha256 + ".zip");
  }

  private Path part(String sha256) {
    return folder.resolve(sha256 + ".part");
  }
}
