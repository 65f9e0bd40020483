package dev.segue.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that somebody might drop into the folder for plugins. */
final class BadPlugins {

  private static final String DESCRIPTOR =
      """
      plugin.id=%s
      plugin.version=1.0.0
      plugin.class=bad.BadPlugin
      plugin.provider=Nobody
      plugin.license=Apache-2.0
      plugin.description=Is refused.
      plugin.requires=%s
      """;
  private static final String ANY_SDK = ">=1.0.0";

  private BadPlugins() {}

  static void corrupt(Path file) throws IOException {
    Files.writeString(file, "this is no zip");
  }

  static void leavingItsFolder(Path file) throws IOException {
    write(
        file,
        Map.of(
            "plugin.properties", DESCRIPTOR.formatted("leaving", ANY_SDK), "../evil.txt", "evil"));
  }

  static void withAnIdThatIsAPath(Path file) throws IOException {
    write(file, Map.of("plugin.properties", DESCRIPTOR.formatted("../evil", ANY_SDK)));
  }

  static void bundlingTheSdk(Path file) throws IOException {
    write(
        file,
        Map.of(
            "plugin.properties",
            DESCRIPTOR.formatted("bundling", ANY_SDK),
            "classes/dev/segue/sdk/SeguePlugin.class",
            "any bytes"));
  }

  static void forANewerSdk(Path file) throws IOException {
    write(file, Map.of("plugin.properties", DESCRIPTOR.formatted("newer", ">=99.0.0")));
  }

  /** Beside the folder first, so that nobody finds half a file. */
  private static void write(Path file, Map<String, String> entries) throws IOException {
    Path fresh = Files.createTempFile(file.getParent().getParent(), "plugin-", ".tmp");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(fresh))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    Files.move(fresh, file);
  }
}
