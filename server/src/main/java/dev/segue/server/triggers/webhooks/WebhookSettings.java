package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.triggers.Expressions;
import dev.segue.server.triggers.StrictJson;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a webhook, checked.
 *
 * @param header which holds the signature, in lower case; empty unless the scheme asks for it
 * @param base64 whether that signature is Base64; hexadecimal otherwise
 * @param prefix what stands before it in the header, such as {@code sha256=}
 * @param window how far the time of a call may be off; and for how long the same body is the same
 *     event where nothing else tells events apart
 * @param eventId FEEL over the event, or a JSON pointer into the body; null for what the scheme or
 *     CloudEvents say
 * @param eventIdHeader a header that tells events apart, in lower case; null for none
 * @param site of the runs; null for none
 * @param siteFrom FEEL that gives it; null for none
 * @param businessKey FEEL that gives the business key of runs; null for none
 * @param bodyLimit the most bytes that a call may bring
 * @param rateLimit the most calls within a minute
 */
record WebhookSettings(
    Scheme scheme,
    String header,
    boolean base64,
    String prefix,
    Duration window,
    @Nullable String eventId,
    @Nullable String eventIdHeader,
    @Nullable String site,
    @Nullable String siteFrom,
    @Nullable String businessKey,
    int bodyLimit,
    int rateLimit) {

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LEAST_BODY = 1024;
  private static final int MOST_BODY = 16 << 20;
  private static final int MOST_RATE = 60_000;
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

  private record Written(
      @Nullable String scheme,
      @Nullable String header,
      @Nullable String encoding,
      @Nullable String prefix,
      @Nullable Duration replayWindow,
      @Nullable String eventId,
      @Nullable String eventIdHeader,
      @Nullable String site,
      @Nullable String siteFrom,
      @Nullable String businessKey,
      @Nullable Integer bodyLimit,
      @Nullable Integer rateLimit) {

    /** As it is kept: what nobody has said by its default. */
    Written full() {
      return new Written(
          scheme == null ? Scheme.STANDARD.label() : scheme,
          header,
          encoding,
          prefix,
          replayWindow == null ? Duration.ofMinutes(5) : replayWindow,
          eventId,
          eventIdHeader,
          site,
          siteFrom,
          businessKey,
          bodyLimit == null ? 1 << 20 : bodyLimit,
          rateLimit == null ? 600 : rateLimit);
    }
  }

  /**
   * Reads what somebody wrote.
   *
   * @throws ApiException 422 with the field that makes no sense
   */
  static WebhookSettings read(ObjectNode written) {
    return read(StrictJson.read(written, Written.class, Webhooks.KIND).full());
  }

  /** The same with defaults filled in, checked. */
  static ObjectNode complete(ObjectNode written, Expressions expressions) {
    Written full = StrictJson.read(written, Written.class, Webhooks.KIND).full();
    WebhookSettings read = read(full);
    String eventId = read.eventId;
    if (eventId != null && !eventId.startsWith("/")) {
      requireFeel("eventId", eventId, expressions);
    }
    requireFeel("siteFrom", read.siteFrom, expressions);
    requireFeel("businessKey", read.businessKey, expressions);
    return (ObjectNode) Json.tree(full);
  }

  private static void requireFeel(String field, @Nullable String written, Expressions expressions) {
    if (written != null) {
      expressions
          .problem(written)
          .ifPresent(
              problem -> {
                throw invalid(field, problem);
              });
    }
  }

  private static WebhookSettings read(Written written) {
    Scheme scheme = scheme(String.valueOf(written.scheme()));
    if (written.site() != null && written.siteFrom() != null) {
      throw invalid("siteFrom", "Name either the site or an expression that gives it.");
    }
    if (written.eventId() != null && written.eventIdHeader() != null) {
      throw invalid("eventIdHeader", "Name either a header or an expression.");
    }
    String eventId = written.eventId();
    if (eventId != null && eventId.startsWith("/")) {
      pointer(eventId);
    }
    return new WebhookSettings(
        scheme,
        signatureHeader(scheme, written),
        base64(scheme, written.encoding()),
        prefix(scheme, written.prefix()),
        window(written.replayWindow()),
        eventId,
        header("eventIdHeader", written.eventIdHeader()),
        written.site(),
        written.siteFrom(),
        written.businessKey(),
        between("bodyLimit", written.bodyLimit(), LEAST_BODY, MOST_BODY),
        between("rateLimit", written.rateLimit(), 1, MOST_RATE));
  }

  private static Scheme scheme(String label) {
    return Scheme.of(label)
        .orElseThrow(() -> invalid("scheme", "It is one of %s.".formatted(Scheme.labels())));
  }

  private static String signatureHeader(Scheme scheme, Written written) {
    String header = header("header", written.header());
    if (scheme == Scheme.HEADER && header == null) {
      throw invalid("header", "Name the header that holds the signature.");
    }
    if (scheme != Scheme.HEADER && header != null) {
      throw invalid("header", "Only the scheme `header` has a header of its own.");
    }
    return header == null ? "" : header;
  }

  private static @Nullable String header(String field, @Nullable String name) {
    if (name != null && !HEADER.matcher(name).matches()) {
      throw invalid(field, "A header has 1 to 100 characters of a-z, A-Z, 0-9 and -.");
    }
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }

  private static boolean base64(Scheme scheme, @Nullable String encoding) {
    if (encoding == null) {
      return false;
    }
    if (scheme != Scheme.HEADER || !(encoding.equals("hex") || encoding.equals("base64"))) {
      throw invalid("encoding", "It is hex or base64, of the scheme `header` alone.");
    }
    return encoding.equals("base64");
  }

  private static String prefix(Scheme scheme, @Nullable String prefix) {
    if (prefix != null && (scheme != Scheme.HEADER || prefix.length() > 40)) {
      throw invalid("prefix", "It has at most 40 characters, of the scheme `header` alone.");
    }
    return prefix == null ? "" : prefix;
  }

  private static Duration window(@Nullable Duration window) {
    if (window == null || window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      throw invalid("replayWindow", "It lasts from %s to %s.".formatted(SHORTEST, LONGEST));
    }
    return window;
  }

  private static void pointer(String text) {
    try {
      JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw invalid("eventId", "This is no JSON pointer. Write one such as /order/id.");
    }
  }

  private static int between(String field, @Nullable Integer value, int least, int most) {
    if (value == null || value < least || value > most) {
      throw invalid(field, "It lies between %,d and %,d.".formatted(least, most));
    }
    return value;
  }

  private static ApiException invalid(String field, String message) {
    return ApiException.invalid(Webhooks.KIND + "." + field, message);
  }
}
