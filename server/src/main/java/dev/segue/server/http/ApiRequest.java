package dev.segue.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that keeps to the contract: parameters and JSON bodies were checked before.
 *
 * @param operationId the operation of the contract
 * @param caller who calls; null where nobody needs to sign in
 * @param params path, query and headers
 * @param body what was sent
 * @param origin from where, and under which id the log has it
 */
public record ApiRequest(
    String operationId, @Nullable Principal caller, Params params, Body body, Origin origin) {

  /**
   * Parameters as text.
   *
   * @param path by name
   * @param query by name, each value in the order sent
   * @param headers by name in lower case
   */
  public record Params(
      Map<String, String> path, Map<String, List<String>> query, Map<String, String> headers) {
    public Params {
      path = Map.copyOf(path);
      query = Map.copyOf(query);
      headers = Map.copyOf(headers);
    }
  }

  /**
   * From where a call came.
   *
   * @param requestId by which the log knows it
   * @param address the IP address
   */
  public record Origin(String requestId, String address) {}

  /** What was sent. */
  public sealed interface Body {

    /** Nothing. */
    record Empty() implements Body {}

    /** JSON. */
    record Json(JsonNode value) implements Body {}

    /** Bytes of another type, such as a zip. */
    @SuppressWarnings("ArrayRecordComponent")
    record Raw(String mediaType, byte[] content) implements Body {}

    /** A form with files. */
    record Form(Map<String, String> fields, List<Upload> uploads) implements Body {
      public Form {
        fields = Map.copyOf(fields);
        uploads = List.copyOf(uploads);
      }
    }
  }

  /** Who calls. Not for operations that need no sign-in. */
  public Principal principal() {
    if (caller == null) {
      throw new IllegalStateException(operationId + " is open to anybody, so nobody is signed in");
    }
    return caller;
  }

  /** A path parameter. */
  public String path(String name) {
    String value = params.path().get(name);
    if (value == null) {
      throw new IllegalArgumentException(operationId + " has no path parameter " + name);
    }
    return value;
  }

  /** A path parameter that is a UUID by contract. */
  public UUID pathUuid(String name) {
    return UUID.fromString(path(name));
  }

  /** A path parameter that is a whole number by contract, such as an engine key. */
  public long pathLong(String name) {
    return Long.parseLong(path(name));
  }

  /** A query parameter's first value. */
  public Optional<String> query(String name) {
    return queryAll(name).stream().findFirst();
  }

  /** All values of a query parameter; empty if it wasn't sent. */
  public List<String> queryAll(String name) {
    return params.query().getOrDefault(name, List.of());
  }

  /** Whether a query parameter was sent as {@code true}. */
  public boolean flag(String name) {
    return query(name).map("true"::equals).orElse(false);
  }

  /** A header's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(params.headers().get(name.toLowerCase(Locale.ROOT)));
  }

  /** Which part of the list is wanted: parameters {@code limit} and {@code cursor}. */
  public PageRequest page() {
    int limit = query("limit").map(Integer::parseInt).orElse(PageRequest.DEFAULT_LIMIT);
    return new PageRequest(
        Math.clamp(limit, 1, PageRequest.MAX_LIMIT),
        query("cursor").map(Cursor::decode).orElse(null));
  }

  /** The caller's own id for this POST. */
  public Optional<String> idempotencyKey() {
    return header("Idempotency-Key");
  }

  /** The version that the caller edits; empty for {@code *} or no {@code If-Match}. */
  public OptionalInt ifMatch() {
    String tag = header("If-Match").orElse("*").strip();
    if (tag.equals("*")) {
      return OptionalInt.empty();
    }
    String bare = tag.startsWith("W/") ? tag.substring(2) : tag;
    try {
      return OptionalInt.of(Integer.parseInt(bare.replace("\"", "")));
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("If-Match must be an ETag that this resource gave out.");
    }
  }

  /**
   * The version that the caller edits.
   *
   * @throws ApiException 428 if it wasn't sent
   */
  public int requireIfMatch() {
    return ifMatch()
        .orElseThrow(
            () ->
                ApiException.of(
                    428,
                    "if-match-missing",
                    "Say which version you edit",
                    "Send the ETag that you read as the header If-Match."));
  }

  /** The JSON body; an empty object if none was sent. */
  public ObjectNode json() {
    return switch (body) {
      case Body.Json(ObjectNode object) -> object;
      case Body.Empty() -> Json.object();
      case Body.Json json -> throw ApiException.badRequest("The body must be a JSON object.");
      case Body.Raw raw -> throw notJson();
      case Body.Form form -> throw notJson();
    };
  }

  /**
   * The JSON body as a record.
   *
   * @throws ApiException 422 if it doesn't fit
   */
  public <T> T json(Class<T> type) {
    return Json.bind(json(), type);
  }

  /** The bytes of a body that is neither JSON nor a form; empty if none was sent. */
  public byte[] bytes() {
    return body instanceof Body.Raw raw ? raw.content() : new byte[0];
  }

  /** The files of a form; empty for other bodies. */
  public List<Upload> uploads() {
    return body instanceof Body.Form form ? form.uploads() : List.of();
  }

  private ApiException notJson() {
    return ApiException.badRequest(operationId + " takes JSON here.");
  }
}
