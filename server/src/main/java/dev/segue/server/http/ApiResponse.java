package dev.segue.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers further headers
 * @param content what to send
 */
public record ApiResponse(int status, Map<String, String> headers, Content content) {

  /** What to send. */
  public sealed interface Content {

    /** Nothing. */
    record None() implements Content {}

    /** A record, map, list or tree as JSON. */
    record Json(Object value) implements Content {}

    /** Bytes of another type. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(String mediaType, byte[] value) implements Content {}

    /** Events, one after the other, as {@code text/event-stream}. */
    record Events(EventSource source) implements Content {}
  }

  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  /** 200 with JSON. */
  public static ApiResponse ok(Object value) {
    return json(200, value);
  }

  /** 201 with JSON and where the new thing is, such as {@code /api/v1/runs/ID}. */
  public static ApiResponse created(String location, Object value) {
    return json(201, value).withHeader("Location", location);
  }

  /** 202 with JSON: taken on, will be done. */
  public static ApiResponse accepted(Object value) {
    return json(202, value);
  }

  /** 204. */
  public static ApiResponse done() {
    return new ApiResponse(204, Map.of(), new Content.None());
  }

  /** 200 with bytes of another type. */
  public static ApiResponse bytes(String mediaType, byte[] value) {
    return new ApiResponse(200, Map.of(), new Content.Bytes(mediaType, value));
  }

  /** 200 with events for as long as both sides like. */
  public static ApiResponse events(EventSource source) {
    return new ApiResponse(200, Map.of(), new Content.Events(source));
  }

  static ApiResponse json(int status, Object value) {
    return new ApiResponse(status, Map.of(), new Content.Json(value));
  }

  /** The same answer with one more header. */
  public ApiResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiResponse(status, more, content);
  }

  /** The same answer with the ETag of an edited thing's version. */
  public ApiResponse withVersion(int version) {
    return withHeader("ETag", "\"" + version + "\"");
  }
}
