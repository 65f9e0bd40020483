package dev.segue.server.cli.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Calls the API of one server as one account. Every failure is a {@link CliException} that says
 * what to do next. Safe for use by several threads.
 */
public final class ApiClient {

  private static final int LARGEST_PAGE = 500;
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final Duration UPLOAD = Duration.ofMinutes(5);
  private static final BodyPublisher NOTHING = BodyPublishers.noBody();

  private final URI server;
  private final @Nullable String token;
  private final HttpExchanges exchanges;

  /**
   * A client of one server.
   *
   * @param server the server's address, without {@code /api/v1}
   * @param token an API token; null to call without
   */
  public ApiClient(URI server, @Nullable String token) {
    this.server = server;
    this.token = token;
    this.exchanges = new HttpExchanges(server);
  }

  /** The server's address. */
  public URI server() {
    return server;
  }

  /** Reads a resource. */
  public JsonNode get(ApiPath path) {
    return read(path).body();
  }

  /** Reads a resource that is to be edited. */
  public ApiAnswer read(ApiPath path) {
    HttpResponse<String> response = exchanges.send(request(path, CALL).GET());
    return new ApiAnswer(json(response), response.headers().firstValue("ETag").orElse(null));
  }

  /** Reads a document that isn't JSON, such as a diagram. */
  public String document(ApiPath path) {
    return exchanges.send(request(path, CALL).header("Accept", "*/*").GET()).body();
  }

  /**
   * Reads a list, page by page.
   *
   * @param path the list
   * @param most how many entries at most; at least 1
   */
  public Listing list(ApiPath path, int most) {
    ArrayNode items = Json.array();
    String next = null;
    do {
      int wanted = Math.min(most - items.size(), LARGEST_PAGE);
      JsonNode page = get(path.with("limit", wanted).with("cursor", next));
      page.path("items").forEach(items::add);
      next = page.path("next").asString(null);
    } while (next != null && items.size() < most);
    return new Listing(items, next != null);
  }

  /** Reads a list that the API gives whole. */
  public Listing listWhole(ApiPath path) {
    ArrayNode items = Json.array();
    get(path).path("items").forEach(items::add);
    return new Listing(items, false);
  }

  /** Posts JSON, once: a repetition by the network has no second effect. */
  public JsonNode post(ApiPath path, JsonNode body) {
    return post(path, body, CALL);
  }

  /** Posts JSON, once, and waits so long for the answer. */
  public JsonNode post(ApiPath path, JsonNode body, Duration patience) {
    return json(
        exchanges.send(
            keyed(path, patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.compact(body)))));
  }

  /** Posts without a body. */
  public JsonNode post(ApiPath path) {
    return json(exchanges.send(keyed(path, CALL).POST(NOTHING)));
  }

  /** Posts a file. */
  public JsonNode upload(ApiPath path, String contentType, byte[] body) {
    return json(
        exchanges.send(
            keyed(path, UPLOAD)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body))));
  }

  /** Changes a resource; with an ETag only if nobody else did meanwhile. */
  public JsonNode patch(ApiPath path, JsonNode body, @Nullable String etag) {
    return edit("PATCH", path, body, etag);
  }

  /** Replaces a resource; with an ETag only if nobody else did meanwhile. */
  public JsonNode put(ApiPath path, JsonNode body, @Nullable String etag) {
    return edit("PUT", path, body, etag);
  }

  /** Removes a resource, and gives the answer if there is one. */
  public JsonNode delete(ApiPath path) {
    return json(exchanges.send(request(path, CALL).DELETE()));
  }

  private JsonNode edit(String method, ApiPath path, JsonNode body, @Nullable String etag) {
    HttpRequest.Builder request =
        request(path, CALL)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(Json.compact(body)));
    if (etag != null) {
      request.header("If-Match", etag);
    }
    return json(exchanges.send(request));
  }

  private HttpRequest.Builder keyed(ApiPath path, Duration timeout) {
    return request(path, timeout).header("Idempotency-Key", UUID.randomUUID().toString());
  }

  private HttpRequest.Builder request(ApiPath path, Duration timeout) {
    HttpRequest.Builder request = HttpRequest.newBuilder(path.under(server)).timeout(timeout);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private JsonNode json(HttpResponse<String> response) {
    if (response.body().isBlank()) {
      return Json.object();
    }
    return Json.parse(response.body())
        .orElseThrow(
            () ->
                CliException.failed(
                    server + " answered something that isn't JSON. Is it a Segue server?"));
  }
}
