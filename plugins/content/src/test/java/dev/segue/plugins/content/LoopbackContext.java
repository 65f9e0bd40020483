package dev.segue.plugins.content;

import dev.segue.sdk.Artifacts;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live attempt whose requests go straight to the loopback interface. */
final class LoopbackContext implements StepContext {

  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public String idempotencyKey() {
    return "run-1/write/1";
  }

  @Override
  public String runId() {
    return "run-1";
  }

  @Override
  public Instant deadline() {
    return NOW.plusSeconds(120);
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public Optional<Site> site() {
    return Optional.empty();
  }

  @Override
  public boolean simulated() {
    return false;
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger(LoopbackContext.class);
  }

  @Override
  public void progress(double fraction, String text) {}

  @Override
  public <C extends ConnectionType> C connection(Class<C> type) {
    throw new IllegalArgumentException("the input holds the connection");
  }

  @Override
  public StepHttp http() {
    return new StepHttp() {
      @Override
      public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
          throws IOException, InterruptedException {
        return http.send(request, handler);
      }
    };
  }

  @Override
  public StepData data() {
    throw new UnsupportedOperationException("texts need no data");
  }

  @Override
  public Artifacts artifacts() {
    throw new UnsupportedOperationException("texts need no artifacts");
  }
}
