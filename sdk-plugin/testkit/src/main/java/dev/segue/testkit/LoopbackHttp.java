package dev.segue.testkit;

import dev.segue.runtime.invoke.Attempt;
import dev.segue.runtime.invoke.AttemptConnection;
import dev.segue.sdk.StepHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Sends requests to the local machine, and there only to hosts that the connection declares. Asks
 * again where the server would, but without its pauses.
 */
final class LoopbackHttp implements StepHttp {

  private static final int MOST_TRIES = 4;
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final Attempt attempt;

  LoopbackHttp(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler)
      throws IOException, InterruptedException {
    checkDeclared(request.uri());
    if (!InetAddress.getByName(request.uri().getHost()).isLoopbackAddress()) {
      throw new IOException(
          "a test reaches the local machine alone, not "
              + request.uri().getHost()
              + "; point the connection at a server that the test starts");
    }
    int tries = isSafe(request) ? MOST_TRIES : 1;
    try (HttpClient client = HttpClient.newHttpClient()) {
      return send(client, request, bodyHandler, tries);
    }
  }

  private <T> HttpResponse<T> send(
      HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler, int tries)
      throws IOException, InterruptedException {
    for (int attempted = 1; ; attempted++) {
      try {
        HttpResponse<T> response = client.send(withinDeadline(request), bodyHandler);
        if (attempted == tries
            || !PASSING.contains(response.statusCode())
            || asksForTime(response)) {
          return response;
        }
      } catch (IOException e) {
        if (attempted == tries || !Instant.now().isBefore(attempt.deadline())) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  /** The server waits as long as it is asked to, and gives up if that is past the deadline. */
  private boolean asksForTime(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Instant.now().plusSeconds(Long.parseLong(value)))
        .filter(then -> !then.isBefore(attempt.deadline()))
        .isPresent();
  }

  private static boolean isSafe(HttpRequest request) {
    return request.method().equals("GET")
        || request.method().equals("HEAD")
        || request.headers().firstValue("Idempotency-Key").isPresent();
  }

  private void checkDeclared(URI uri) throws IOException {
    Set<String> declared = new HashSet<>();
    for (AttemptConnection connection : attempt.connections()) {
      declared.addAll(connection.hosts());
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!declared.contains(host) && !declared.contains(host + ":" + uri.getPort())) {
      throw new IOException(
          "the connection doesn't declare the host " + host + "; it declares " + declared);
    }
  }

  private HttpRequest withinDeadline(HttpRequest request) throws HttpTimeoutException {
    Duration left = Duration.between(Instant.now(), attempt.deadline());
    if (!left.isPositive()) {
      throw new HttpTimeoutException("the step's time is up");
    }
    Duration timeout = request.timeout().filter(own -> own.compareTo(left) < 0).orElse(left);
    return HttpRequest.newBuilder(request, (name, value) -> true).timeout(timeout).build();
  }
}
