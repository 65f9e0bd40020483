package dev.segue.server.app.sample;

import dev.segue.server.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls the server's own API. */
final class SampleApi implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String token;

  SampleApi(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Whether there is something at a path. */
  boolean exists(String path) throws IOException, InterruptedException {
    int status = send(request(path).GET().build()).statusCode();
    return status == 200;
  }

  JsonNode post(String path, String key, ObjectNode body) throws IOException, InterruptedException {
    return post(path, key, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  JsonNode post(String path, String key, String mediaType, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request(path)
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("POST " + path + " was refused: " + answer.body());
    }
    return Json.parse(answer.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofMinutes(2));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }
}
