package dev.segue.server.steps;

import dev.segue.runtime.invoke.Attempt;
import dev.segue.runtime.invoke.AttemptConnection;
import dev.segue.sdk.StepHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends the requests of one attempt: only to hosts that its connections declare, within their rate,
 * and again after failures that pass, where that is safe.
 */
final class HostHttp implements StepHttp {

  private static final int MOST_TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final HttpClient client;
  private final Gate gate;
  private final Attempt attempt;
  private final InstantSource clock;

  /** Keeps requests within the rates of their connections. */
  @FunctionalInterface
  interface Gate {

    /** Waits until a request may be sent; false if the deadline came first. */
    boolean admit(String connection, double requestsPerSecond, Instant deadline)
        throws InterruptedException;
  }

  HostHttp(HttpClient client, Gate gate, Attempt attempt, InstantSource clock) {
    this.client = client;
    this.gate = gate;
    this.attempt = attempt;
    this.clock = clock;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler)
      throws IOException, InterruptedException {
    AttemptConnection connection = connection(request.uri());
    boolean safe = isSafe(request);
    for (int attempted = 1; ; attempted++) {
      if (!gate.admit(
          connection.name(), connection.type().requestsPerSecond(), attempt.deadline())) {
        throw new HttpTimeoutException(
            "the step's time is up, and its request still waits for the rate of the connection '"
                + connection.name()
                + "'");
      }
      Duration pause;
      try {
        HttpResponse<T> response = client.send(withinDeadline(request), bodyHandler);
        pause = pause(attempted, retryAfter(response));
        boolean passing = safe && PASSING.contains(response.statusCode());
        if (!passing || !mayTryAgain(attempted, pause)) {
          return response;
        }
      } catch (IOException e) {
        pause = pause(attempted, Optional.empty());
        if (!safe || !mayTryAgain(attempted, pause)) {
          throw e;
        }
      }
      Thread.sleep(pause);
    }
  }

  private AttemptConnection connection(URI uri) throws IOException {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    String hostAndPort = host + ":" + port(uri);
    for (AttemptConnection connection : attempt.connections()) {
      if (connection.hosts().contains(host) || connection.hosts().contains(hostAndPort)) {
        return connection;
      }
    }
    throw new IOException(
        "this step may not reach "
            + hostAndPort
            + ": none of its connections declares that host. Add it to the hosts of the connection"
            + " type, or use another connection.");
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }

  private static boolean isSafe(HttpRequest request) {
    return request.method().equals("GET")
        || request.method().equals("HEAD")
        || request.headers().firstValue("Idempotency-Key").isPresent();
  }

  private HttpRequest withinDeadline(HttpRequest request) throws HttpTimeoutException {
    Duration left = Duration.between(clock.instant(), attempt.deadline());
    if (!left.isPositive()) {
      throw new HttpTimeoutException("the step's time is up");
    }
    Duration limit = request.timeout().filter(own -> own.compareTo(left) < 0).orElse(left);
    return HttpRequest.newBuilder(request, (name, value) -> true).timeout(limit).build();
  }

  private boolean mayTryAgain(int attempted, Duration pause) {
    Instant after = clock.instant().plus(pause);
    return attempted < MOST_TRIES && after.isBefore(attempt.deadline());
  }

  private static Duration pause(int attempted, Optional<Duration> asked) {
    if (asked.isPresent()) {
      return asked.get();
    }
    long ceiling = FIRST_PAUSE.toMillis() << (attempted - 1);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }
}
