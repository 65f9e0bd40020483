package dev.segue.server.plugins;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where plugins come from and how they are treated.
 *
 * @param homeFolder where people drop zips, and where installed ones are kept; made if missing
 * @param distributionFolder the zips that came with Segue; may be missing
 * @param workFolder where zips are unpacked; emptied at start
 * @param limits how big a zip may be
 * @param scanInterval pause between looks into the folders and at what other servers decided
 * @param drainDeadline how long the steps of a replaced version may go on before they are
 *     interrupted
 * @param unloadPatience how long a class loader may stay in memory before it is reported
 * @param unsignedInFolder whether a zip that is dropped in the home folder may lack a signature
 */
public record PluginsSettings(
    Path homeFolder,
    Path distributionFolder,
    Path workFolder,
    ArchiveLimits limits,
    Duration scanInterval,
    Duration drainDeadline,
    Duration unloadPatience,
    boolean unsignedInFolder) {

  /** Refuses durations that aren't positive. */
  public PluginsSettings {
    if (!scanInterval.isPositive() || !drainDeadline.isPositive() || !unloadPatience.isPositive()) {
      throw new IllegalArgumentException("the durations of the plugin settings must be positive");
    }
  }

  /** Settings that take unsigned zips from the home folder. */
  public PluginsSettings(
      Path homeFolder,
      Path distributionFolder,
      Path workFolder,
      ArchiveLimits limits,
      Duration scanInterval,
      Duration drainDeadline,
      Duration unloadPatience) {
    this(
        homeFolder,
        distributionFolder,
        workFolder,
        limits,
        scanInterval,
        drainDeadline,
        unloadPatience,
        true);
  }

  /** The same settings, but for unsigned zips in the home folder. */
  public PluginsSettings withUnsignedInFolder(boolean allowed) {
    return new PluginsSettings(
        homeFolder,
        distributionFolder,
        workFolder,
        limits,
        scanInterval,
        drainDeadline,
        unloadPatience,
        allowed);
  }

  /** Where this server keeps its copies of the zips that all servers share. */
  Path cacheFolder() {
    return workFolder.resolveSibling("plugin-zips");
  }

  /**
   * Settings with a scan every 2 s, 5 minutes to drain, and a report after 60 s.
   *
   * @param home the home folder of the server; its {@code plugins} folder is watched
   * @param distribution the folder of the zips that came with Segue
   */
  public static PluginsSettings of(Path home, Path distribution) {
    return new PluginsSettings(
        home.resolve("plugins"),
        distribution,
        home.resolve("work").resolve("plugins"),
        ArchiveLimits.DEFAULTS,
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofSeconds(60));
  }
}
