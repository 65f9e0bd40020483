package dev.segue.plugins.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One email to one person, in plain text.
 *
 * @param to address
 * @param subject one line
 * @param text lines divided by {@code \n} or {@code \r\n}
 * @param replyTo where answers go, if not to the sender
 * @param key the change's or step's key, of which the message's id is made
 * @param files what goes with it
 */
record Mail(
    String to,
    String subject,
    String text,
    Optional<String> replyTo,
    String key,
    List<Enclosure> files) {

  /** An email without files. */
  Mail(String to, String subject, String text, Optional<String> replyTo, String key) {
    this(to, subject, text, replyTo, key, List.of());
  }

  /** The key as it appears in the message: a repetition has the same. */
  String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The id of the message, by which the mail server's log and many mailboxes know it. */
  String messageId(String from) {
    return "<" + fingerprint() + ".segue@" + Addresses.domain(from) + ">";
  }
}
