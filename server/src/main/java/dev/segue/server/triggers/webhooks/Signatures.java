package dev.segue.server.triggers.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a call was signed with a webhook's secret, and lately. All schemes use HMAC-SHA256.
 */
final class Signatures {

  static final String MADE_BY_US = "whsec_";

  private static final int MOST_SIGNATURES = 10;
  private static final int LONGEST_HEADER = 4000;

  private Signatures() {}

  /** What there is to say of a call. */
  enum Verdict {
    GOOD,
    /** The signature is missing, or of somebody who doesn't know the secret. */
    BAD,
    /** It was signed too long ago, or for later: most likely somebody sends it again. */
    STALE
  }

  /**
   * What a call has signed.
   *
   * @param signatures of which one must hold
   * @param before what was signed in front of the body
   * @param at when it was signed; null where the scheme doesn't say
   */
  private record Signed(List<byte[]> signatures, String before, @Nullable Instant at) {}

  /**
   * Judges a call.
   *
   * @param secrets any of which may have been used
   * @param headers by name in lower case
   */
  static Verdict judge(
      WebhookSettings settings,
      Collection<String> secrets,
      Map<String, String> headers,
      byte[] body,
      Instant now) {
    if (settings.scheme() == Scheme.NONE) {
      return Verdict.GOOD;
    }
    Signed signed = signed(settings, headers);
    if (signed == null || signed.signatures().isEmpty()) {
      return Verdict.BAD;
    }
    boolean good = false;
    for (String secret : secrets) {
      byte[] expected = hmac(key(settings.scheme(), secret), signed.before(), body);
      for (byte[] signature : signed.signatures()) {
        good |= MessageDigest.isEqual(expected, signature);
      }
    }
    if (!good) {
      return Verdict.BAD;
    }
    Instant at = signed.at();
    boolean lately =
        at == null || Duration.between(at, now).abs().compareTo(settings.window()) <= 0;
    return lately ? Verdict.GOOD : Verdict.STALE;
  }

  private static @Nullable Signed signed(WebhookSettings settings, Map<String, String> headers) {
    return switch (settings.scheme()) {
      case STANDARD -> standard(headers);
      case STRIPE -> stripe(header(headers, "stripe-signature"));
      case GITHUB -> body(header(headers, "x-hub-signature-256"), "sha256=", false);
      case HEADER -> body(header(headers, settings.header()), settings.prefix(), settings.base64());
      case NONE -> null;
    };
  }

  private static String header(Map<String, String> headers, String name) {
    String value = headers.getOrDefault(name, "").strip();
    return value.length() > LONGEST_HEADER ? "" : value;
  }

  private static @Nullable Signed standard(Map<String, String> headers) {
    String id = header(headers, "webhook-id");
    String time = header(headers, "webhook-timestamp");
    Instant at = time(time);
    if (id.isEmpty() || at == null) {
      return null;
    }
    List<byte[]> signatures = new ArrayList<>();
    for (String one : header(headers, "webhook-signature").split(" ", MOST_SIGNATURES + 1)) {
      if (one.startsWith("v1,")) {
        add(signatures, one.substring(3), true);
      }
    }
    return new Signed(signatures, id + "." + time + ".", at);
  }

  private static @Nullable Signed stripe(String header) {
    String time = "";
    List<byte[]> signatures = new ArrayList<>();
    for (String part : header.split(",", MOST_SIGNATURES + 1)) {
      String one = part.strip();
      if (one.startsWith("t=")) {
        time = one.substring(2);
      } else if (one.startsWith("v1=")) {
        add(signatures, one.substring(3), false);
      }
    }
    Instant at = time(time);
    return at == null ? null : new Signed(signatures, time + ".", at);
  }

  private static @Nullable Signed body(String header, String prefix, boolean base64) {
    if (!header.startsWith(prefix)) {
      return null;
    }
    List<byte[]> signatures = new ArrayList<>();
    add(signatures, header.substring(prefix.length()), base64);
    return new Signed(signatures, "", null);
  }

  private static void add(List<byte[]> signatures, String text, boolean base64) {
    try {
      signatures.add(base64 ? Base64.getDecoder().decode(text) : HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      // What can't be read is no signature; another one of the header may hold.
    }
  }

  private static @Nullable Instant time(String seconds) {
    return seconds.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(seconds)) : null;
  }

  /** Standard Webhooks writes keys in Base64 behind a prefix; the others use the text as it is. */
  private static byte[] key(Scheme scheme, String secret) {
    if (scheme == Scheme.STANDARD && secret.startsWith(MADE_BY_US)) {
      try {
        return Base64.getDecoder().decode(secret.substring(MADE_BY_US.length()));
      } catch (IllegalArgumentException e) {
        return secret.getBytes(StandardCharsets.UTF_8);
      }
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String before, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }
}
