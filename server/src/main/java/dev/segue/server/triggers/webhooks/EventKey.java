package dev.segue.server.triggers.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what an event is known again.
 *
 * @param text at most one space, at most 420 characters
 * @param window for how long the same text is the same event; null for good
 */
record EventKey(String text, @Nullable Duration window) {

  private static final Pattern PLAIN = Pattern.compile("[!-~]{1,200}");

  /** By an id that its sender gave it. */
  static EventKey ofId(String id) {
    return new EventKey(plain(id), null);
  }

  /** By the id that it has among those of its source. */
  static EventKey ofCloudEvent(String source, String id) {
    return new EventKey(plain(source) + " " + plain(id), null);
  }

  /** By nothing but what it says. */
  static EventKey ofBody(byte[] body, Duration window) {
    return new EventKey("body:" + sha256(body), window);
  }

  private static String plain(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : "sha256:" + sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
