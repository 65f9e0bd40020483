package dev.segue.runtime.check;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 signature over the bytes of a plugin's zip. As text it is {@code
 * ed25519:KEY:SIGNATURE}, which lies beside the zip in a file of the same name and {@code .sig}.
 * Immutable.
 *
 * @param keyId by which the key is known: the first 16 hex digits of the SHA-256 of its X.509 form
 * @param value the signature in URL-safe Base64
 */
public record PluginSignature(String keyId, String value) {

  private static final String ALGORITHM = "Ed25519";
  private static final Pattern TEXT = Pattern.compile("ed25519:([0-9a-f]{16}):([A-Za-z0-9_-]{86})");
  private static final String PUBLIC = "PUBLIC KEY";
  private static final String PRIVATE = "PRIVATE KEY";

  /**
   * Reads a signature.
   *
   * @param text as {@link #toString()} writes it; white space around it doesn't matter
   * @throws IllegalArgumentException if it isn't one
   */
  public static PluginSignature parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the signature isn't of the form ed25519:KEY:SIGNATURE. Make it by `segue plugins sign`");
    }
    return new PluginSignature(matcher.group(1), matcher.group(2));
  }

  /**
   * Signs.
   *
   * @param keys a key file's content, with the private and the public key
   * @param zip the zip's bytes
   * @throws IllegalArgumentException if the keys can't be read
   */
  public static PluginSignature sign(String keys, byte[] zip) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(block(keys, PRIVATE)));
      PublicKey known = publicKey(keys);
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(zip);
      PluginSignature made =
          new PluginSignature(
              keyId(known),
              Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
      if (!made.fits(known, zip)) {
        throw new IllegalArgumentException(
            "the private and the public key of the file don't belong together");
      }
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the private key isn't an Ed25519 key in PKCS #8", e);
    }
  }

  /** Tells whether this signature is that key's over these bytes. */
  public boolean fits(PublicKey key, byte[] zip) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(zip);
      return signature.verify(Base64.getUrlDecoder().decode(value));
    } catch (InvalidKeyException | SignatureException | IllegalArgumentException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  /**
   * Makes a key pair.
   *
   * @return a key file's content: the private key in PKCS #8 and the public one in X.509, in PEM
   */
  public static String newKeys() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return pem(PRIVATE, pair.getPrivate().getEncoded()) + publicPem(pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  /**
   * Reads the public key of a key file.
   *
   * @param pem text with a block {@code PUBLIC KEY}
   * @throws IllegalArgumentException if there is none, or not of Ed25519
   */
  public static PublicKey publicKey(String pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(block(pem, PUBLIC)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the public key isn't an Ed25519 key in X.509", e);
    }
  }

  /** Writes a public key as PEM. */
  public static String publicPem(PublicKey key) {
    return pem(PUBLIC, key.getEncoded());
  }

  /** Names a key. */
  public static String keyId(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] block(String pem, String kind) {
    Matcher matcher =
        Pattern.compile(
                "-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
            .matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("there is no block '" + kind + "' in PEM");
    }
    return Base64.getMimeDecoder().decode(matcher.group(1));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }

  @Override
  public String toString() {
    return "ed25519:" + keyId + ":" + value;
  }
}
