package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Checks plugin zips and unpacks them. What is checked is a private copy, so that nobody can swap
 * the file between check and use.
 */
final class PluginStaging {

  private final Path workFolder;
  private final ArchiveUnpacker unpacker;
  private final ManifestReader manifests;
  private final ClassCheck classes;
  private final AtomicLong counter = new AtomicLong();

  /**
   * Takes the folder to work in, which it empties.
   *
   * @throws IOException if the folder can't be emptied or made
   */
  PluginStaging(Path workFolder, ArchiveLimits limits, SemanticVersion sdk) throws IOException {
    this.workFolder = workFolder;
    this.unpacker = new ArchiveUnpacker(limits);
    this.manifests = new ManifestReader(sdk);
    this.classes = new ClassCheck(Runtime.version().feature());
    deleteTree(workFolder);
    Files.createDirectories(workFolder);
  }

  /**
   * Checks and unpacks a zip.
   *
   * @throws PluginRefusedException if the zip breaks a rule; nothing is left of it then
   * @throws IOException if the disk fails
   */
  StagedPlugin stage(Path zip) throws PluginRefusedException, IOException {
    String name = "'" + ManifestReader.printable(String.valueOf(zip.getFileName())) + "'";
    Path folder = Files.createDirectory(workFolder.resolve("plugin-" + counter.incrementAndGet()));
    Path copy = folder.resolveSibling(folder.getFileName() + ".zip");
    boolean passed = false;
    try {
      String sha256 = copy(zip, copy);
      unpacker.unpack(name, copy, folder);
      PluginManifest manifest = manifests.read(name, folder);
      classes.check(name, folder);
      passed = true;
      return new StagedPlugin(manifest, sha256, folder);
    } finally {
      Files.deleteIfExists(copy);
      if (!passed) {
        deleteTree(folder);
      }
    }
  }

  /** Forgets an unpacked plugin; jars that are still open may stay until the next start. */
  void discard(StagedPlugin staged) {
    try {
      deleteTree(staged.folder());
    } catch (IOException e) {
      LoggerFactory.getLogger(PluginStaging.class)
          .debug("could not delete {}; the next start does", staged.folder(), e);
    }
  }

  private static String copy(Path from, Path to) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
      Files.copy(in, to);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
