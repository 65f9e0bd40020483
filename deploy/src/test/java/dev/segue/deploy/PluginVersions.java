package dev.segue.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Versions of the recorder plugin that differ in their numbers alone. */
final class PluginVersions {

  private static final Path RECORDER =
      Path.of(System.getProperty("segue.test.plugins"), "segue-plugin-recorder.zip");
  private static final String VERSION = "Plugin-Version";

  private PluginVersions() {}

  /** Writes a version's zip into a folder. */
  static Path recorder(String version, Path folder) {
    return recorder(version, folder, 0);
  }

  /**
   * Likewise, with further bytes in it that take time to be stored.
   *
   * @param ballast how many
   */
  static Path recorder(String version, Path folder, int ballast) {
    Path target = folder.resolve("recorder-" + version + ".zip");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(RECORDER));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        write(entry, in.readAllBytes(), version, out);
        out.closeEntry();
      }
      if (ballast > 0) {
        byte[] bytes = new byte[ballast];
        new Random(1).nextBytes(bytes);
        out.putNextEntry(new ZipEntry("classes/ballast"));
        out.write(bytes);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  private static void write(ZipEntry entry, byte[] content, String version, ZipOutputStream out)
      throws IOException {
    if (!entry.getName().endsWith("META-INF/MANIFEST.MF")) {
      out.write(content);
      return;
    }
    Manifest manifest = new Manifest(new ByteArrayInputStream(content));
    if (manifest.getMainAttributes().getValue(VERSION) != null) {
      manifest.getMainAttributes().putValue(VERSION, version);
    }
    manifest.write(out);
  }
}
