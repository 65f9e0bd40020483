package dev.segue.server.plugins;

import dev.segue.runtime.version.SdkVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A plugin zip that passed what every server checks before it loads one, unpacked for tools that
 * look into it. Closing it deletes the unpacked files.
 */
public final class UnpackedPlugin implements AutoCloseable {

  private final Path work;
  private final StagedPlugin staged;

  private UnpackedPlugin(Path work, StagedPlugin staged) {
    this.work = work;
    this.staged = staged;
  }

  /**
   * Checks and unpacks a zip.
   *
   * @throws PluginRefusedException if a server would refuse it
   * @throws IOException if a file can't be read or written
   */
  public static UnpackedPlugin of(Path zip) throws PluginRefusedException, IOException {
    Path work = Files.createTempDirectory("segue-plugin-");
    boolean passed = false;
    try {
      PluginStaging staging = new PluginStaging(work, ArchiveLimits.DEFAULTS, SdkVersion.current());
      UnpackedPlugin unpacked = new UnpackedPlugin(work, staging.stage(zip));
      passed = true;
      return unpacked;
    } finally {
      if (!passed) {
        PluginStaging.deleteTree(work);
      }
    }
  }

  /** What its descriptor says. */
  public PluginManifest manifest() {
    return staged.manifest();
  }

  /** The SHA-256 of the zip, in lower-case hex. */
  public String sha256() {
    return staged.sha256();
  }

  /** Where everything lies. */
  public Path folder() {
    return staged.folder();
  }

  /** Where its own classes lie. */
  public Path classes() {
    return staged.folder().resolve(PluginLayout.CLASSES);
  }

  /** Its libraries, in the order in which they are searched. */
  public List<Path> jars() throws IOException {
    return PluginLayout.jars(staged.folder());
  }

  @Override
  public void close() throws IOException {
    PluginStaging.deleteTree(work);
  }
}
