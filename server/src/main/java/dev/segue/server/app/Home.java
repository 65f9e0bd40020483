package dev.segue.server.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one server keeps what is its own: data, logs, plugins, and the secrets of the
 * machine's owner, who alone may read it. Held by a lock while this server runs.
 */
public final class Home implements AutoCloseable {

  /** The file by which the command line finds the running server. */
  public static final String SERVER_FILE = "server.json";

  /** The file with the command line's token. */
  public static final String TOKEN_FILE = "cli-token";

  /** The file with the first administrator's password. */
  public static final String PASSWORD_FILE = "admin-password";

  /** The configuration. */
  public static final String SETTINGS_FILE = "segue.yaml";

  /** Held while a server runs on the folder. */
  public static final String LOCK_FILE = "server.lock";

  /** The layout of the folder that this version of Segue knows; older ones it can open. */
  static final int LAYOUT = 1;

  private static final String LAYOUT_FILE = "layout";
  private static final String ID_FILE = "server-id";
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final FileChannel channel;
  private final UUID serverId = UUID.randomUUID();
  private final @Nullable UUID previousServerId;

  private Home(Path folder, FileChannel channel) throws IOException, HomeException {
    this.folder = folder;
    this.channel = channel;
    this.previousServerId = readServerId(folder);
    write(folder, ID_FILE, serverId.toString());
  }

  /**
   * Opens a home folder, and makes it if there is none.
   *
   * @throws HomeException if it can't be written, if another server has it, or if a newer Segue
   *     laid it out
   */
  public static Home open(Path path) throws HomeException {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder, attribute(OWNER_FOLDER));
      Files.setPosixFilePermissions(folder, OWNER_FOLDER);
      FileChannel channel = lock(folder);
      try {
        checkLayout(folder);
        for (String part : new String[] {"logs", "plugins", "import", "work"}) {
          Files.createDirectories(folder.resolve(part), attribute(OWNER_FOLDER));
        }
        return new Home(folder, channel);
      } catch (HomeException | IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new HomeException(
          "The home folder %s can't be used (%s). Make it writable for this account, or choose another one with --home or SEGUE_HOME."
              .formatted(folder, e.toString()),
          e);
    }
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** Names this start of the server among all servers that share a database. */
  public UUID serverId() {
    return serverId;
  }

  /** What named the start before, which certainly runs no more since this one has the lock. */
  Optional<UUID> previousServerId() {
    return Optional.ofNullable(previousServerId);
  }

  /** A file or folder below it. */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /** The text of {@code segue.yaml}; empty if there is none. */
  public String settings() throws HomeException {
    Path file = folder.resolve(SETTINGS_FILE);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new HomeException(
          "%s can't be read (%s). It must be a text in UTF-8.".formatted(file, e.toString()), e);
    }
  }

  /** Writes a file that only the owner can read, whole or not at all. */
  public void write(String name, String text) throws IOException {
    write(folder, name, text);
  }

  /** Removes a file, if it is there. */
  public void remove(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  /** Gives the folder back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileChannel lock(Path folder) throws IOException, HomeException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK_FILE),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            attribute(OWNER_FILE));
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new HomeException(
          "Another Segue server runs on the home folder %s. Stop it with segue down, or give this one another folder with --home."
              .formatted(folder),
          null);
    }
    return channel;
  }

  private static void checkLayout(Path folder) throws IOException, HomeException {
    Path file = folder.resolve(LAYOUT_FILE);
    if (!Files.exists(file)) {
      write(folder, LAYOUT_FILE, Integer.toString(LAYOUT));
      return;
    }
    String text = Files.readString(file).strip();
    int found;
    try {
      found = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new HomeException(
          "%s should say which layout the home folder has, but says '%s'. Restore it from a backup."
              .formatted(file, text),
          e);
    }
    if (found > LAYOUT) {
      throw new HomeException(
          "A newer Segue (layout %d) has used the home folder %s; this one knows layouts up to %d. Start the newer one, or restore a backup made with this one."
              .formatted(found, folder, LAYOUT),
          null);
    }
  }

  private static @Nullable UUID readServerId(Path folder) throws IOException, HomeException {
    Path file = folder.resolve(ID_FILE);
    if (!Files.exists(file)) {
      return null;
    }
    String text = Files.readString(file).strip();
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new HomeException(
          "%s should have this server's id, but says '%s'. Remove the file.".formatted(file, text),
          e);
    }
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path fresh = folder.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, attribute(OWNER_FILE));
    Files.writeString(fresh, text + System.lineSeparator());
    Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<Set<PosixFilePermission>> attribute(
      Set<PosixFilePermission> permissions) {
    return PosixFilePermissions.asFileAttribute(permissions);
  }
}
