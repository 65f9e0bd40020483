package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.http.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call says: CloudEvents 1.0, structured or binary, or any JSON.
 *
 * @param attributes of the event, with its {@code data}
 * @param body as it was sent; missing where a CloudEvent has no data
 * @param cloudEvent whether it is one
 */
record IncomingEvent(ObjectNode attributes, JsonNode body, boolean cloudEvent) {

  static final String STRUCTURED = "application/cloudevents+json";

  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String BINARY_PREFIX = "ce-";
  private static final String VERSION = "1.0";
  private static final List<String> REQUIRED = List.of("id", "source", "type");
  private static final Pattern JSON = Pattern.compile("application/([a-z0-9.+-]+\\+)?json");

  /** No attribute of an event, and of no use to those who write expressions. */
  private static final Pattern SECRET =
      Pattern.compile("signature|token|secret|auth|key|cookie|password|session");

  /** The media type in lower case, without parameters. */
  static String bare(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Insists on JSON.
   *
   * @throws ApiException 415
   */
  static void requireJson(String contentType) {
    String bare = bare(contentType);
    if (bare.equals(BATCH)) {
      throw wrongType("Batches of CloudEvents are not taken. Send each event by itself.");
    }
    if (!JSON.matcher(bare).matches()) {
      throw wrongType(
          "A webhook takes application/json or %s, not %s."
              .formatted(STRUCTURED, bare.isEmpty() ? "a body without Content-Type" : bare));
    }
  }

  static ApiException wrongType(String detail) {
    return new ApiException(Problem.of(415, "media-type", "Unsupported media type", detail));
  }

  /**
   * Reads a call.
   *
   * @param headers by name in lower case
   * @throws ApiException 400 if it can't be understood
   */
  static IncomingEvent read(Map<String, String> headers, byte[] body, Instant now) {
    JsonNode tree = body.length == 0 ? Json.mapper().missingNode() : parse(body);
    return of(headers, tree, now);
  }

  /** The same from a body that was read. */
  static IncomingEvent of(Map<String, String> headers, JsonNode body, Instant now) {
    ObjectNode attributes = Json.object();
    boolean binary = headers.containsKey(BINARY_PREFIX + "specversion");
    boolean structured = bare(headers.getOrDefault("content-type", "")).equals(STRUCTURED);
    if (structured) {
      if (!(body instanceof ObjectNode sent)) {
        throw ApiException.badRequest("A structured CloudEvent is a JSON object.");
      }
      attributes.setAll(sent);
    } else if (binary) {
      headers.forEach(
          (name, value) -> {
            if (name.startsWith(BINARY_PREFIX)) {
              attributes.put(name.substring(BINARY_PREFIX.length()), decoded(value));
            }
          });
    } else if (body.isMissingNode()) {
      throw ApiException.badRequest("The call has no body.");
    }
    boolean cloudEvent = structured || binary;
    if (cloudEvent) {
      requireCloudEvent(attributes);
    }
    if (!structured && !body.isMissingNode()) {
      attributes.set("data", body);
    }
    attributes.put("receivedAt", now.toString());
    return new IncomingEvent(attributes, body, cloudEvent);
  }

  private static void requireCloudEvent(ObjectNode attributes) {
    if (!attributes.path("specversion").asString("").equals(VERSION)) {
      throw ApiException.badRequest("Only CloudEvents of specversion 1.0 are taken.");
    }
    for (String name : REQUIRED) {
      if (!attributes.path(name).isString() || attributes.path(name).asString().isEmpty()) {
        throw ApiException.badRequest("The CloudEvent has no %s.".formatted(name));
      }
    }
  }

  private static JsonNode parse(byte[] body) {
    JsonNode tree;
    try {
      tree = Json.mapper().readTree(body);
    } catch (JacksonException e) {
      throw ApiException.badRequest(
          "The body is not JSON (line %d, column %d)."
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
    }
    if (hasNul(tree)) {
      throw ApiException.badRequest("The body has the character U+0000, which can't be stored.");
    }
    return tree;
  }

  private static boolean hasNul(JsonNode node) {
    return switch (node) {
      case ObjectNode object ->
          object.properties().stream()
              .anyMatch(field -> field.getKey().indexOf(0) >= 0 || hasNul(field.getValue()));
      default ->
          node.isArray()
              ? node.valueStream().anyMatch(IncomingEvent::hasNul)
              : node.isString() && node.asString().indexOf(0) >= 0;
    };
  }

  private static String decoded(String value) {
    try {
      String decoded = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      return decoded.indexOf(0) < 0 ? decoded : value;
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** What expressions see as {@code event}: the attributes, the data, and some of the headers. */
  ObjectNode scope(Map<String, String> headers, WebhookSettings settings) {
    ObjectNode scope = attributes.deepCopy();
    ObjectNode shown = scope.putObject("headers");
    headers.forEach(
        (name, value) -> {
          boolean own = name.startsWith("x-") && !name.startsWith("x-forwarded-");
          if (own && !name.equals(settings.header()) && !SECRET.matcher(name).find()) {
            shown.put(name, value);
          }
        });
    return scope;
  }
}
