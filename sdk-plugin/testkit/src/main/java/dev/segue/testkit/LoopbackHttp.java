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
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Sends requests to the local machine, and there only to hosts that the connection declares. */
final class LoopbackHttp implements StepHttp {

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
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(withDeadline(request), bodyHandler);
    }
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

  private HttpRequest withDeadline(HttpRequest request) {
    Duration left = Duration.between(Instant.now(), attempt.deadline());
    Duration limit = left.isPositive() ? left : Duration.ofMillis(1);
    Duration timeout = request.timeout().filter(own -> own.compareTo(limit) < 0).orElse(limit);
    return HttpRequest.newBuilder(request, (name, value) -> true).timeout(timeout).build();
  }
}
