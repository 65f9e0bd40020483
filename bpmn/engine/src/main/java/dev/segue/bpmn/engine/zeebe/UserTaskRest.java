package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.UserTaskChanges;
import dev.segue.bpmn.engine.UserTaskChanges.DateChange;
import io.camunda.client.api.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The user task commands, which exist only in the gateway's REST API: under {@code /v1} in 8.5, and
 * {@code /v2} from 8.6 on. Camunda's client knows only the latter.
 */
final class UserTaskRest implements AutoCloseable {

  private final URI gateway;
  private final HttpClient http;
  private final @Nullable OAuthTokens tokens;
  private final JsonMapper json;
  private final Supplier<String> gatewayVersion;
  private volatile @Nullable String prefix;

  /**
   * @param gatewayVersion asks the gateway for its version
   */
  UserTaskRest(
      URI gateway,
      HttpClient http,
      @Nullable OAuthTokens tokens,
      JsonMapper json,
      Supplier<String> gatewayVersion) {
    this.gateway = gateway;
    this.http = http;
    this.tokens = tokens;
    this.json = json;
    this.gatewayVersion = gatewayVersion;
  }

  Command<Void> assign(long key, String assignee, boolean allowOverride, String action) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("assignee", assignee);
    body.put("allowOverride", allowOverride);
    body.put("action", action);
    return new Call(
        "assign user task " + key, "POST", key + "/assignment", () -> json.toJson(body));
  }

  Command<Void> unassign(long key) {
    return new Call("unassign user task " + key, "DELETE", key + "/assignee", () -> "");
  }

  Command<Void> update(long key, UserTaskChanges changes) {
    Map<String, Object> set = new LinkedHashMap<>();
    putIfGiven(set, "candidateGroups", changes.candidateGroups());
    putIfGiven(set, "candidateUsers", changes.candidateUsers());
    putIfGiven(set, "dueDate", date(changes.dueDate()));
    putIfGiven(set, "followUpDate", date(changes.followUpDate()));
    Map<String, Object> body = Map.of("changeset", set, "action", changes.action());
    return new Call("update user task " + key, "PATCH", "" + key, () -> json.toJson(body));
  }

  Command<Void> complete(long key, String variablesJson, String action) {
    return new Call(
        "complete user task " + key,
        "POST",
        key + "/completion",
        () -> {
          // The variables go in as they are: reading them into objects would round numbers.
          json.validateJson("variables", variablesJson);
          return "{\"variables\":%s,\"action\":%s}".formatted(variablesJson, json.toJson(action));
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static void putIfGiven(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private static @Nullable String date(@Nullable DateChange change) {
    return switch (change) {
      case null -> null;
      case DateChange.Set set -> set.to().toString();
      case DateChange.Clear clear -> "";
    };
  }

  private String prefix() {
    String known = prefix;
    if (known == null) {
      known = gatewayVersion.get().startsWith("8.5.") ? "/v1" : "/v2";
      prefix = known;
    }
    return known;
  }

  private final class Call implements Command<Void> {
    private final String what;
    private final String method;
    private final String path;
    private final Supplier<String> body;

    Call(String what, String method, String path, Supplier<String> body) {
      this.what = what;
      this.method = method;
      this.path = path;
      this.body = body;
    }

    @Override
    public String what() {
      return what;
    }

    @Override
    public boolean repeatable() {
      return true;
    }

    @Override
    public CompletionStage<Void> send(Duration timeout) {
      try {
        String used = prefix();
        return http.sendAsync(request(used, timeout), HttpResponse.BodyHandlers.ofString())
            .thenCompose(response -> settle(response, used));
      } catch (IOException | RuntimeException failure) {
        return CompletableFuture.failedFuture(failure);
      }
    }

    @Override
    public EngineException translate(Throwable failure) {
      return RestErrors.translate(what, failure);
    }

    private HttpRequest request(String used, Duration timeout) throws IOException {
      String base = gateway.toString().replaceAll("/+$", "");
      String content = body.get();
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(base + used + "/user-tasks/" + path))
              .timeout(timeout)
              .header("Accept", "application/json, application/problem+json")
              .method(
                  method,
                  content.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(content));
      if (!content.isEmpty()) {
        builder.header("Content-Type", "application/json");
      }
      if (tokens != null) {
        builder.header("Authorization", tokens.authorization());
      }
      return builder.build();
    }

    private CompletionStage<Void> settle(HttpResponse<String> response, String used) {
      int status = response.statusCode();
      if (status / 100 == 2) {
        return CompletableFuture.completedFuture(null);
      }
      if (status == 404) {
        // A cluster may be upgraded while we run: the next command asks for the version again.
        prefix = null;
      }
      if (status == 401 && tokens != null && tokens.invalidate()) {
        return CompletableFuture.failedFuture(new RestErrors.TokenExpired());
      }
      return CompletableFuture.failedFuture(
          RestErrors.refusal(what, status, response.body(), json));
    }
  }
}
