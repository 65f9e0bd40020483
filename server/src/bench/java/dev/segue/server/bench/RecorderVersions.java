package dev.segue.server.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The same plugin under other versions. */
final class RecorderVersions {

  private static final String VERSION = "Plugin-Version";

  private final Path recorder;

  RecorderVersions(Path recorder) {
    this.recorder = recorder;
  }

  /** Writes the plugin's zip with another version in its manifest, and gives its path back. */
  Path write(String version, Path target) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(recorder));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = in.readAllBytes();
        if (entry.getName().endsWith("META-INF/MANIFEST.MF")) {
          Manifest manifest = new Manifest(new ByteArrayInputStream(content));
          if (manifest.getMainAttributes().getValue(VERSION) != null) {
            manifest.getMainAttributes().putValue(VERSION, version);
          }
          manifest.write(out);
        } else {
          out.write(content);
        }
        out.closeEntry();
      }
    }
    return target;
  }
}
