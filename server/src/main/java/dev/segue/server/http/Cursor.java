package dev.segue.server.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a page of a list ended: the sort key of its last entry. Callers see an opaque text.
 *
 * @param key the parts of the sort key, such as a time and an id
 */
public record Cursor(List<String> key) {

  public Cursor {
    key = List.copyOf(key);
  }

  /** The cursor behind an entry with that sort key. */
  public static Cursor of(Object... key) {
    List<String> parts = new ArrayList<>();
    for (Object part : key) {
      parts.add(part.toString());
    }
    return new Cursor(parts);
  }

  /** One part of the sort key. */
  public String part(int index) {
    if (index >= key.size()) {
      throw foreign();
    }
    return key.get(index);
  }

  /** One part of the sort key, as a point in time. */
  public Instant instant(int index) {
    return parsed(index, Instant::parse);
  }

  /** One part of the sort key, as a day. */
  public LocalDate date(int index) {
    return parsed(index, LocalDate::parse);
  }

  /** One part of the sort key, as a UUID. */
  public UUID uuid(int index) {
    return parsed(index, UUID::fromString);
  }

  /** One part of the sort key, as a whole number. */
  public long number(int index) {
    return parsed(index, Long::parseLong);
  }

  private <T> T parsed(int index, Function<String, T> parser) {
    try {
      return parser.apply(part(index));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw foreign();
    }
  }

  /** The opaque text. */
  public String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.text(key).getBytes(StandardCharsets.UTF_8));
  }

  static Cursor decode(String text) {
    try {
      JsonNode parts =
          Json.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
      if (!parts.isArray()) {
        throw foreign();
      }
      return new Cursor(parts.valueStream().map(JsonNode::asString).toList());
    } catch (IllegalArgumentException | JacksonException e) {
      throw foreign();
    }
  }

  /** 400: a cursor that this list didn't give out. */
  public static ApiException foreign() {
    return ApiException.badRequest(
        "The cursor is none that this list gave out. Start again without a cursor.");
  }
}
