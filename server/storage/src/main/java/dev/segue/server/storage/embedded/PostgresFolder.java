package dev.segue.server.storage.embedded;

import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of one embedded server, all of them readable by their owner alone. */
final class PostgresFolder {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int PASSWORD_BYTES = 24;

  private final Path root;

  private PostgresFolder(Path root) {
    this.root = root;
  }

  static PostgresFolder open(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    createOwnerFolder(absolute);
    return new PostgresFolder(absolute);
  }

  Path root() {
    return root;
  }

  Path data() {
    return root.resolve("data");
  }

  /** Where a new cluster is made, before it is moved to its place in one piece. */
  Path unfinishedData() {
    return root.resolve("data.unfinished");
  }

  /** What the server says before it opens its log. */
  Path startLog() {
    return root.resolve("start.log");
  }

  /** What initdb and pg_ctl said last. */
  Path toolLog() {
    return root.resolve("tool.log");
  }

  /**
   * Takes the lock that keeps a second server off this data.
   *
   * @throws StorageException if another process, or another object of this one, holds it
   */
  FileChannel lock() {
    Path file = root.resolve("lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new OverlappingFileLockException();
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      throw new StorageException(
          "The database in "
              + root
              + " is in use by another Segue server. Stop that one, or give this one a home"
              + " folder of its own.",
          e);
    } catch (IOException e) {
      closeQuietly(channel);
      throw unwritable(file, e);
    }
  }

  /** The secret kept in the named file, made on first use. */
  String secret(String name) {
    Path file = root.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        replace(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  boolean hasSecret(String name) {
    return Files.exists(root.resolve(name));
  }

  OptionalInt savedPort() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(portFile()).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  void savePort(int port) {
    try {
      replace(portFile(), Integer.toString(port));
    } catch (IOException e) {
      throw unwritable(portFile(), e);
    }
  }

  private Path portFile() {
    return root.resolve("port");
  }

  /** Replaces a file in one step, so that a crash leaves the old or the new content. */
  static void replace(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, OWNER_FILE);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      Files.writeString(fresh, content);
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void createOwnerFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, OWNER_FILE);
    }
  }

  static void createOwnerFolder(Path folder) {
    try {
      Files.createDirectories(folder, OWNER_FOLDER);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw unwritable(folder, null);
    }
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
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException fault)
              throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static StorageException unwritable(Path path, @Nullable IOException cause) {
    return new StorageException(
        "Segue can't write to "
            + path
            + (cause == null ? "" : " (" + cause + ")")
            + ". Make the home folder writable for the account that runs Segue and check that the"
            + " disk isn't full or read-only, or choose another home folder.",
        cause);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was locked or written through it.
    }
  }
}
