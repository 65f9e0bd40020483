package dev.segue.server.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals all secrets, in a file that its owner alone may read. Whoever has the database
 * but not this file has no secret; whoever loses it has to enter all secrets again.
 */
public final class SecretKeyFile {

  private static final String NAME = "secrets.key";
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final String id;
  private final SecretKey key;

  private SecretKeyFile(byte[] bytes) {
    this.id = fingerprint(bytes);
    this.key = new SecretKeySpec(bytes, "AES");
  }

  /**
   * Reads the key of a home folder, or makes it.
   *
   * @param home the folder of the server's own files
   * @throws SecretException if the file can't be read or made, or if others may read it
   */
  public static SecretKeyFile openOrCreate(Path home) {
    Path file = home.resolve(NAME);
    try {
      create(file);
    } catch (FileAlreadyExistsException e) {
      return read(file);
    } catch (IOException e) {
      throw new SecretException(
          "The key file " + file + " can't be written: " + e.getMessage() + ".", e);
    }
    return read(file);
  }

  private static void create(Path file) throws IOException {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    byte[] text =
        (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
    FileAttribute<?>[] attributes =
        isPosix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            EnumSet.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
            attributes)) {
      channel.write(ByteBuffer.wrap(text));
    }
  }

  private static SecretKeyFile read(Path file) {
    try {
      if (isPosix(file)) {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.removeAll(OWNER_ONLY);
        if (!permissions.isEmpty()) {
          throw new SecretException(
              "Others may read the key file " + file + ". Run: chmod 600 " + file, null);
        }
      }
      byte[] bytes =
          Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).trim());
      if (bytes.length != BYTES) {
        throw new IllegalArgumentException("it holds " + bytes.length + " bytes");
      }
      return new SecretKeyFile(bytes);
    } catch (IOException | IllegalArgumentException e) {
      throw new SecretException(
          "The key file "
              + file
              + " can't be read: "
              + e.getMessage()
              + ". Restore it from your backup; without it no stored secret can be opened.",
          e);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static String fingerprint(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Tells keys apart; says nothing about the key. */
  String id() {
    return id;
  }

  SecretKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
