package dev.segue.bpmn.engine.zeebe;

import io.camunda.client.CredentialsProvider;
import io.camunda.client.api.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens by OAuth 2 client credentials, for gRPC and REST alike. They stay in memory: the
 * client's own provider would write them to a file in the account's home folder.
 */
final class OAuthTokens implements CredentialsProvider {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration RENEW_BEFORE = Duration.ofSeconds(30);
  private static final long DEFAULT_LIFE_SECONDS = 300;

  private final EngineSettings.OAuth settings;
  private final HttpClient http;
  private final JsonMapper json;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Token token;

  OAuthTokens(
      EngineSettings.OAuth settings, HttpClient http, JsonMapper json, InstantSource clock) {
    this.settings = settings;
    this.http = http;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void applyCredentials(CredentialsApplier applier) throws IOException {
    applier.put("Authorization", authorization());
  }

  @Override
  public boolean shouldRetryRequest(StatusCode status) {
    return status.isUnauthorized() && invalidate();
  }

  /** The value of the Authorization header. Blocks while it fetches a token. */
  String authorization() throws IOException {
    lock.lock();
    try {
      Token current = token;
      if (current == null || !clock.instant().isBefore(current.renewAt())) {
        current = fetch();
        token = current;
      }
      return "Bearer " + current.value();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a token that the gateway refused. False if it is fresh: a new one wouldn't help. */
  boolean invalidate() {
    lock.lock();
    try {
      Token current = token;
      if (current == null || current.fetchedAt().plus(RENEW_BEFORE).isAfter(clock.instant())) {
        return false;
      }
      token = null;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Token fetch() throws TokenException {
    HttpRequest request =
        HttpRequest.newBuilder(settings.tokenUrl())
            .timeout(LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form()))
            .build();
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new TokenException(
          "the token server %s can't be reached: %s".formatted(settings.tokenUrl(), failure),
          false,
          failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TokenException("interrupted while fetching a token", false, interrupted);
    }
    if (response.statusCode() != 200) {
      throw new TokenException(
          "the token server %s answered %d to client '%s'"
              .formatted(settings.tokenUrl(), response.statusCode(), settings.clientId()),
          response.statusCode() / 100 == 4,
          null);
    }
    return token(response.body());
  }

  private Token token(String body) throws TokenException {
    Map<String, Object> answer;
    try {
      answer = json.fromJsonAsMap(body);
    } catch (RuntimeException notJson) {
      throw noToken(notJson);
    }
    if (!(answer.get("access_token") instanceof String value)) {
      throw noToken(null);
    }
    long life =
        answer.get("expires_in") instanceof Number seconds
            ? seconds.longValue()
            : DEFAULT_LIFE_SECONDS;
    Instant now = clock.instant();
    Duration use = Duration.ofSeconds(life).minus(RENEW_BEFORE);
    return new Token(value, now, now.plus(use.isPositive() ? use : Duration.ofSeconds(life / 2)));
  }

  private TokenException noToken(@Nullable Throwable cause) {
    return new TokenException(
        "the token server %s sent no access_token".formatted(settings.tokenUrl()), true, cause);
  }

  private String form() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("client_id", settings.clientId());
    fields.put("client_secret", settings.clientSecret().reveal());
    if (settings.audience() != null) {
      fields.put("audience", settings.audience());
    }
    if (settings.scope() != null) {
      fields.put("scope", settings.scope());
    }
    return fields.entrySet().stream()
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private record Token(String value, Instant fetchedAt, Instant renewAt) {}
}
