package dev.segue.server.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks a plugin zip that nobody vouches for: refuses what leaves the folder, links, repeats a
 * name, or grows beyond the limits, and counts while inflating.
 */
final class ArchiveUnpacker {

  private final ArchiveLimits limits;

  ArchiveUnpacker(ArchiveLimits limits) {
    this.limits = limits;
  }

  /**
   * Unpacks into an empty folder; what was written before a refusal is for the caller to delete.
   */
  void unpack(String zip, Path file, Path into) throws PluginRefusedException, IOException {
    long packed = Files.size(file);
    if (packed > limits.maxZipBytes()) {
      throw refused(
          zip,
          "is "
              + mebibytes(packed)
              + " big; at most "
              + mebibytes(limits.maxZipBytes())
              + " are allowed. Leave out what the plugin doesn't need.");
    }
    try (ZipFile archive = ZipFile.builder().setPath(file).get()) {
      List<ZipArchiveEntry> entries = Collections.list(archive.getEntries());
      checkNames(zip, entries);
      Budget budget = new Budget(zip);
      for (ZipArchiveEntry entry : entries) {
        unpack(archive, entry, into, budget);
      }
    } catch (FileSystemException disk) {
      throw disk;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw corrupt(zip, unreadable);
    }
  }

  private void checkNames(String zip, List<ZipArchiveEntry> entries) throws PluginRefusedException {
    if (entries.isEmpty()) {
      throw refused(zip, "is empty. Build it again.");
    }
    if (entries.size() > limits.maxEntries()) {
      throw refused(
          zip,
          "has %,d entries; at most %,d are allowed. Pack classes into jars below lib/."
              .formatted(entries.size(), limits.maxEntries()));
    }
    Set<String> seen = new HashSet<>();
    for (ZipArchiveEntry entry : entries) {
      checkName(zip, entry);
      if (!seen.add(entry.getName().toLowerCase(Locale.ROOT))) {
        throw refused(
            zip,
            "has two entries named '"
                + ManifestReader.printable(entry.getName())
                + "' (case doesn't count). Build it again so that each name is there once.");
      }
    }
  }

  private static void checkName(String zip, ZipArchiveEntry entry) throws PluginRefusedException {
    String name = entry.getName();
    String shown = "'" + ManifestReader.printable(name) + "'";
    boolean leaves =
        name.isBlank()
            || name.startsWith("/")
            || name.contains("\\")
            || name.contains("\0")
            || name.matches("(?s)[A-Za-z]:.*")
            || name.matches("(?s)(.*/)?\\.\\.?(/.*)?");
    if (leaves) {
      throw refused(
          zip,
          "has an entry "
              + shown
              + " that points outside the plugin's own folder. Build it again with plain relative"
              + " names.");
    }
    int kind = entry.getUnixMode() & 0170000;
    if (entry.isUnixSymlink() || (kind != 0 && kind != 0100000 && kind != 0040000)) {
      throw refused(
          zip,
          "has an entry "
              + shown
              + " that is a link or a device. Build it again with plain files and folders only.");
    }
  }

  private static void unpack(ZipFile archive, ZipArchiveEntry entry, Path into, Budget budget)
      throws PluginRefusedException, IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw refused(
          budget.zip, "has an entry that points outside the plugin's own folder. Build it again.");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    CRC32 checksum = new CRC32();
    try (InputStream in = new CheckedInputStream(archive.getInputStream(entry), checksum);
        OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        budget.spend(entry, size, read);
        out.write(buffer, 0, read);
      }
    }
    if (entry.getCrc() != checksum.getValue()) {
      throw new ZipException("the checksum of " + entry.getName() + " differs");
    }
  }

  /** Counts what comes out of one zip. */
  private final class Budget {

    private final String zip;
    private long left = limits.maxUnpackedBytes();

    Budget(String zip) {
      this.zip = zip;
    }

    void spend(ZipArchiveEntry entry, long size, int more) throws PluginRefusedException {
      left -= more;
      if (left < 0) {
        throw refused(
            zip,
            "unpacks to more than "
                + mebibytes(limits.maxUnpackedBytes())
                + ". Leave out what the plugin doesn't need.");
      }
      boolean tight = size / limits.maxRatio() > Math.max(1, entry.getCompressedSize());
      if (size > ArchiveLimits.RATIO_FREE_BYTES && tight) {
        throw refused(
            zip,
            "has an entry '"
                + ManifestReader.printable(entry.getName())
                + "' that unpacks to more than "
                + limits.maxRatio()
                + " times its packed size, as a zip bomb does. Leave it out.");
      }
    }
  }

  private static String mebibytes(long bytes) {
    return "%,.1f MiB".formatted(bytes / 1048576.0);
  }

  private static PluginRefusedException corrupt(String zip, Exception cause) {
    return new PluginRefusedException(
        "The plugin "
            + zip
            + " is no readable zip file: "
            + cause.getMessage()
            + ". Copy or download it again, and compare its size with the original's.",
        cause);
  }

  private static PluginRefusedException refused(String zip, String message) {
    return new PluginRefusedException("The plugin " + zip + " " + message, null);
  }
}
