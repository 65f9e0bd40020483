package dev.segue.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the HTTP interface with the token of the machine's account. */
record Api(URI url, Path tokenFile) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * An answer.
   *
   * @param body the JSON; a missing node if there is none
   */
  record Answer(int status, JsonNode body) {

    /** The body of an answer that isn't a refusal. */
    JsonNode ok() {
      if (status >= 300) {
        throw new AssertionError(status + ": " + body.toPrettyString());
      }
      return body;
    }

    /** What a refusal says. */
    String detail() {
      return body.path("detail").asString("");
    }
  }

  JsonNode get(String path) {
    return send(request(path).GET()).ok();
  }

  Answer post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Deploys a diagram. */
  Answer deploy(BodyPublisher diagram) {
    return send(request("/workflows").header("Content-Type", "application/xml").POST(diagram));
  }

  /** Starts a run and returns its id. */
  String start(String workflow, Map<String, Object> variables) {
    return post("/runs", Map.of("workflow", workflow, "variables", variables))
        .ok()
        .path("id")
        .asString();
  }

  JsonNode run(String id) {
    return get("/runs/" + id);
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
          .timeout(LIMIT)
          .header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
