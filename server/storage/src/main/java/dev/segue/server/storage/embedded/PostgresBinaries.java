package dev.segue.server.storage.embedded;

import dev.segue.server.storage.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the archive on the class path into a folder named after
 * the archive's hash. A further platform needs only its binaries artifact on the class path.
 */
final class PostgresBinaries {

  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final String PREFIX = "bin-";
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-------");
  private static final int OWNER_EXECUTE = 0100;

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /** Finds this platform's archive and unpacks it below {@code parent} unless that was done. */
  static PostgresBinaries unpack(Path parent) {
    String archive = archiveFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    ClassLoader loader = PostgresBinaries.class.getClassLoader();
    if (loader.getResource(archive) == null) {
      throw new StorageException(
          "There is no embedded PostgreSQL for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + " ("
              + archive
              + " isn't on the class path). Set database to jdbc:postgresql://… of a PostgreSQL"
              + " server of yours.");
    }
    PostgresFolder.createOwnerFolder(parent);
    try {
      Path folder = parent.resolve(PREFIX + hash(loader, archive)).toAbsolutePath().normalize();
      if (!Files.isDirectory(folder)) {
        unpack(loader, archive, folder);
      }
      return new PostgresBinaries(folder);
    } catch (IOException e) {
      throw PostgresFolder.unwritable(parent, e);
    }
  }

  Path folder() {
    return folder;
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** Removes the programs of earlier versions. Call only when no server runs from them. */
  void removeOthers() {
    try (Stream<Path> siblings = Files.list(folder.resolveSibling(""))) {
      for (Path old : siblings.filter(this::isOther).toList()) {
        PostgresFolder.deleteTree(old);
      }
    } catch (IOException e) {
      log.warn("Old PostgreSQL programs beside {} could not be removed: {}", folder, e.toString());
    }
  }

  private boolean isOther(Path path) {
    return path.getFileName().toString().startsWith(PREFIX) && !path.equals(folder);
  }

  /** The archive's name for a platform, as the publisher of the binaries chose it. */
  static String archiveFor(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT).startsWith("linux") ? "linux" : osName;
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> osArch;
        };
    return "postgres-" + os + "-" + arch + ".txz";
  }

  private static String hash(ClassLoader loader, String archive) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(open(loader, archive), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static void unpack(ClassLoader loader, String archive, Path target) throws IOException {
    Path fresh = target.resolveSibling("unpacking-" + UUID.randomUUID());
    PostgresFolder.createOwnerFolder(fresh);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(open(loader, archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, fresh);
      }
      try {
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        // Another process may have unpacked the same archive meanwhile: its work serves as well.
        if (!Files.isDirectory(target)) {
          throw e;
        }
      }
    } finally {
      PostgresFolder.deleteTree(fresh);
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path path = root.resolve(entry.getName()).normalize();
    if (!path.startsWith(root)) {
      throw new IOException("the archive names a file outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      PostgresFolder.createOwnerFolder(path);
      return;
    }
    PostgresFolder.createOwnerFolder(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      createLink(path, root, entry.getLinkName());
    } else if (entry.isFile()) {
      Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
      boolean program = (entry.getMode() & OWNER_EXECUTE) != 0;
      Files.setPosixFilePermissions(path, program ? PROGRAM : PLAIN);
    }
  }

  private static void createLink(Path path, Path root, String target) throws IOException {
    if (!path.resolveSibling(target).normalize().startsWith(root)) {
      throw new IOException("the archive links outside itself: " + target);
    }
    try {
      Files.createSymbolicLink(path, Path.of(target));
    } catch (FileAlreadyExistsException e) {
      // Listed twice in the archive: the first entry stands.
    }
  }

  private static InputStream open(ClassLoader loader, String archive) throws IOException {
    InputStream in = loader.getResourceAsStream(archive);
    if (in == null) {
      throw new IOException(archive + " is no longer on the class path");
    }
    return in;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
