package dev.segue.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.Contract;
import dev.segue.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls a server as one caller would, and fails the test where an answer breaks the contract.
 * Immutable: the {@code with} methods make another one.
 */
public final class ApiClient {

  private static final Contract CONTRACT = Contract.load();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final Map<String, String> headers;

  /** Somebody who isn't signed in. */
  public ApiClient(String url) {
    this(url, Map.of());
  }

  private ApiClient(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
  }

  /** An answer. */
  public record Answer(int status, HttpResponse<String> raw) {

    /** The body as JSON. */
    public JsonNode json() {
      return Json.parse(raw.body());
    }

    /** A header. */
    public Optional<String> header(String name) {
      return raw.headers().firstValue(name);
    }

    /** Insists on a status and passes the body on. */
    public JsonNode expect(int expected) {
      assertThat(status)
          .as(raw.request().method() + " " + raw.uri() + ": " + raw.body())
          .isEqualTo(expected);
      return raw.body().isEmpty() ? Json.object() : json();
    }

    /** Insists on a problem of a kind, such as {@code not-found}, and passes its detail on. */
    public String problem(int expected, String kind) {
      JsonNode problem = expect(expected);
      assertThat(header("Content-Type")).contains("application/problem+json");
      assertThat(problem.path("type").asString()).isEqualTo("urn:segue:problem:" + kind);
      return problem.path("detail").asString();
    }
  }

  /** The same caller with one more header. */
  public ApiClient with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiClient(url, more);
  }

  /** A caller with an API token. */
  public ApiClient withToken(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** Signs in and goes on with the session. */
  public ApiClient signIn(String username, String password) {
    Answer answer = post("/sessions", Map.of("username", username, "password", password));
    JsonNode me = answer.expect(201);
    String cookie = answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    return with("Cookie", cookie).with("X-CSRF-Token", me.path("csrfToken").asString());
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody(), null);
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), null);
  }

  public Answer post(String path, Object body) {
    return json("POST", path, body);
  }

  public Answer put(String path, Object body) {
    return json("PUT", path, body);
  }

  public Answer patch(String path, Object body) {
    return json("PATCH", path, body);
  }

  /** Sends bytes of another type. */
  public Answer upload(String path, String mediaType, byte[] body) {
    return send("POST", path, BodyPublishers.ofByteArray(body), mediaType);
  }

  private Answer json(String method, String path, Object body) {
    return send(method, path, BodyPublishers.ofString(Json.text(body)), "application/json");
  }

  /** Sends whatever to whichever path, below {@code /api/v1} unless it begins with two slashes. */
  public Answer send(String method, String path, BodyPublisher body, @Nullable String mediaType) {
    String full = path.startsWith("//") ? path.substring(1) : CONTRACT.basePath() + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + full))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    headers.forEach(request::header);
    if (mediaType != null) {
      request.header("Content-Type", mediaType);
    }
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      holdAgainstContract(method, full.split("\\?", 2)[0], answer);
      return new Answer(answer.statusCode(), answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void holdAgainstContract(String method, String path, HttpResponse<String> answer) {
    boolean json =
        answer.headers().firstValue("Content-Type").filter("application/json"::equals).isPresent();
    Optional<String> operation = CONTRACT.operationId(method, path);
    if (json && operation.isPresent()) {
      assertThat(
              CONTRACT.checkAnswer(operation.get(), answer.statusCode(), Json.parse(answer.body())))
          .as("what breaks the contract in the answer of " + operation.get())
          .isEmpty();
    }
  }
}
