package dev.segue.server.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where tests share PostgreSQL's unpacked programs, so that each JVM needn't unpack them. */
public final class TestBinaries {

  private TestBinaries() {}

  /** A folder of this account alone; another account's folder of that name is not trusted. */
  public static Path sharedFolder() {
    String user = System.getProperty("user.name");
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "segue-test-binaries-" + user);
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (Files.isSymbolicLink(folder) || !Files.getOwner(folder).getName().equals(user)) {
        throw new IllegalStateException(folder + " belongs to another account: remove it");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
