package dev.segue.server.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Sends requests and turns each failure into words. */
final class HttpExchanges {

  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;
  private static final int SUCCESS = 2;

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HttpExchanges(URI server) {
    this.server = server;
  }

  /** Sends a request; the answer is a success. */
  HttpResponse<String> send(HttpRequest.Builder builder) {
    HttpResponse<String> response = exchange(builder.build());
    if (response.statusCode() / 100 != SUCCESS) {
      throw refusal(response);
    }
    return response;
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw CliException.failed(
          "no server answers at %s. Start it with `segue up`, or name another one with --url."
              .formatted(server),
          e);
    } catch (HttpTimeoutException e) {
      throw CliException.failed(
          "%s did not answer in time (%s). See how it is with `segue status`; what was sent may still"
                  .formatted(server, request.uri().getPath())
              + " happen.",
          e);
    } catch (IOException e) {
      throw CliException.failed(
          "the connection to %s broke (%s). See how it is with `segue status`."
              .formatted(server, e.getMessage() == null ? e.getClass().getSimpleName() : e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted while waiting for " + server, e);
    }
  }

  private CliException refusal(HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode problem = Json.parse(response.body()).orElseGet(Json::object);
    String detail = Json.text(problem, "detail");
    if (detail.isEmpty()) {
      detail =
          "%s answered HTTP %d to %s. Is it a Segue server of this version?"
              .formatted(server, status, response.uri().getPath());
    }
    if (status == UNAUTHORIZED) {
      detail += " Sign in with `segue login " + server + "`.";
    }
    if (status >= SERVER_ERROR && problem.has("requestId")) {
      detail += " The server's log has more under " + Json.text(problem, "requestId") + ".";
    }
    List<String> details = new ArrayList<>();
    for (JsonNode error : problem.path("errors")) {
      details.add(Json.text(error, "field") + ": " + Json.text(error, "message"));
    }
    return CliException.refused(status, detail, details);
  }
}
