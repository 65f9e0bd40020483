package dev.segue.server.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords by Argon2id. A hash takes 19 MiB and some 50 ms of CPU, so only a few run at
 * once; further callers wait. Thread-safe.
 */
final class Passwords {

  /** The hash of no password: nobody can sign in with it. */
  static final String NONE = "!";

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String PREFIX =
      "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(MEMORY_KIB, ITERATIONS, LANES);

  private final SecureRandom random = new SecureRandom();
  private final Semaphore permits =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));
  private final String decoy = hash(RandomValues.password());

  /** A hash in PHC's format. */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return PREFIX
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(argon2(password, salt));
  }

  /** Whether the hash is of that password. */
  boolean matches(String password, String hash) {
    if (!hash.startsWith(PREFIX)) {
      resemble(password);
      return false;
    }
    String[] saltAndHash = hash.substring(PREFIX.length()).split("\\$", 2);
    byte[] salt = Base64.getDecoder().decode(saltAndHash[0]);
    byte[] expected = Base64.getDecoder().decode(saltAndHash[1]);
    return MessageDigest.isEqual(expected, argon2(password, salt));
  }

  /** Takes as long as a check does, so that time doesn't tell which names exist. */
  void resemble(String password) {
    matches(password, decoy);
  }

  private byte[] argon2(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(ITERATIONS)
            .withParallelism(LANES)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    permits.acquireUninterruptibly();
    try {
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    } finally {
      permits.release();
    }
    return hash;
  }
}
