package dev.segue.server.cli.authoring;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.server.cli.api.CliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A plugin's zip as the author's build made it.
 *
 * @param file the zip
 * @param id the plugin's id
 * @param version as the project says
 */
record DevZip(Path file, String id, SemanticVersion version) {

  private static final List<String> MANIFESTS =
      List.of("META-INF/MANIFEST.MF", "classes/META-INF/MANIFEST.MF");
  private static final String VERSION = "Plugin-Version";

  /** Reads the descriptor of a zip. */
  static DevZip read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (String name : MANIFESTS) {
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) {
          Manifest manifest = manifest(zip.getInputStream(entry).readAllBytes());
          String id = manifest.getMainAttributes().getValue("Plugin-Id");
          String version = manifest.getMainAttributes().getValue(VERSION);
          if (id != null && version != null) {
            return new DevZip(file, id, SemanticVersion.parse(version));
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw CliException.failed(file + " can't be read: " + e.getMessage(), e);
    }
    throw CliException.failed(
        file + " has no plugin's manifest. Is segue-plugin-parent the project's parent?");
  }

  /** The same zip under another version. */
  byte[] as(SemanticVersion other) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile zip = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(MANIFESTS.contains(entry.getName()) ? stamped(content, other) : content);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw CliException.failed(file + " can't be read: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private static byte[] stamped(byte[] content, SemanticVersion version) throws IOException {
    Manifest manifest = manifest(content);
    if (manifest.getMainAttributes().getValue(VERSION) == null) {
      return content;
    }
    manifest.getMainAttributes().putValue(VERSION, version.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private static Manifest manifest(byte[] content) throws IOException {
    return new Manifest(new ByteArrayInputStream(content));
  }
}
