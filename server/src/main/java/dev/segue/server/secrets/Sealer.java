package dev.segue.server.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens texts with AES-256-GCM. The secret's id is bound into the seal, so that a sealed
 * text can't be moved to another secret. Thread-safe.
 */
final class Sealer {

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeyFile key;
  private final SecureRandom random = new SecureRandom();

  Sealer(SecretKeyFile key) {
    this.key = key;
  }

  /** A sealed text. */
  @SuppressWarnings("ArrayRecordComponent") // travels straight between cipher and database
  record Sealed(String keyId, byte[] nonce, byte[] bytes) {}

  Sealed seal(UUID id, String clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bytes(id));
      return new Sealed(key.id(), nonce, cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new SecretException("The secret " + id + " couldn't be sealed.", e);
    }
  }

  String open(UUID id, Sealed sealed) {
    if (!sealed.keyId().equals(key.id())) {
      throw new SecretException(
          "The secret %s was sealed under the key %s, but the key file holds the key %s. Restore the key file that belongs to this database, or enter the secret again."
              .formatted(id, sealed.keyId(), key.id()),
          null);
    }
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(TAG_BITS, sealed.nonce()));
      cipher.updateAAD(bytes(id));
      return new String(cipher.doFinal(sealed.bytes()), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new SecretException(
          "The secret " + id + " has been altered in the database. Enter it again.", e);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
