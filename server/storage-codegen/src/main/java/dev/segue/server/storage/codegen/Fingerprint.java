package dev.segue.server.storage.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;

/** A hash over everything that the generated classes depend on. */
final class Fingerprint {

  private Fingerprint() {}

  /** Hashes the migrations by name and content, the generator's own code, and jOOQ's version. */
  static String of(Path migrations, Class<?> generator) throws IOException {
    MessageDigest digest = sha256();
    try (Stream<Path> files = Files.list(migrations)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
    try (InputStream code = generator.getResourceAsStream(generator.getSimpleName() + ".class")) {
      digest.update(code == null ? new byte[0] : code.readAllBytes());
    }
    digest.update(Constants.FULL_VERSION.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
