package dev.segue.plugins.adspractice;

import dev.segue.plugins.adspractice.AccountState.AdSet;
import dev.segue.plugins.adspractice.AccountState.Campaign;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.StepHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Speaks the platform's protocol for one attempt. */
final class Platform {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AdAccount account;
  private final StepHttp http;

  Platform(AdAccount account, StepHttp http) {
    this.account = account;
    this.http = http;
  }

  /** Reads the whole account. */
  AccountState read() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request("/v1/campaigns").GET().build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw unexpected(answer);
    }
    JsonNode body = body(answer);
    List<Campaign> campaigns =
        body.path("campaigns").valueStream().map(Platform::campaign).toList();
    return new AccountState(body.path("currency").asString("EUR"), campaigns);
  }

  private static Campaign campaign(JsonNode node) {
    return new Campaign(
        node.path("id").asString(),
        node.path("name").asString(""),
        node.path("status").asString("").equals("active"),
        node.path("dailyBudget").asString("0.00"),
        node.path("adSets").valueStream().map(Platform::adSet).toList());
  }

  private static AdSet adSet(JsonNode node) {
    return new AdSet(
        node.path("id").asString(),
        node.path("name").asString(""),
        byName(node.path("variants"), "status"),
        byName(node.path("segments"), "reach"));
  }

  private static Map<String, String> byName(JsonNode list, String field) {
    Map<String, String> values = new LinkedHashMap<>();
    list.forEach(one -> values.put(one.path("name").asString(""), one.path(field).asString("")));
    return values;
  }

  /**
   * Sets a value if it is the expected one, both in one act of the platform.
   *
   * @param key under which the platform answers a repetition as it did the first time
   */
  ChangeOutcome set(Setting setting, String key) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("target", setting.kind()).put("id", setting.id());
    body.put("expected", setting.expected()).put("value", setting.value());
    HttpResponse<String> answer;
    try {
      answer =
          http.send(
              request("/v1/changes")
                  .header("Idempotency-Key", key)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                  .build(),
              BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw unreachable();
    }
    return switch (answer.statusCode()) {
      case 200 -> applied(body(answer).path("reference").asString(""));
      case 409 ->
          new ChangeOutcome.Stale(
              "The platform has "
                  + body(answer).path("found").asString("something else")
                  + " now, not "
                  + setting.expected()
                  + ".");
      case 400, 422 ->
          new ChangeOutcome.Refused(
              "The platform says: " + body(answer).path("reason").asString("no") + ".");
      default -> throw unexpected(answer);
    };
  }

  /** What to say when no connection comes about, so that nothing has happened. */
  RetryLater unreachable() {
    return new RetryLater(
        Duration.ofMinutes(1),
        "The ad platform at " + account.address() + " can't be reached; check that it runs.");
  }

  /** Asks whether a change with a key was made. */
  PastOutcome past(String key) throws IOException, InterruptedException {
    String query = "/v1/changes?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    HttpResponse<String> answer = http.send(request(query).GET().build(), BodyHandlers.ofString());
    return switch (answer.statusCode()) {
      case 200 -> new PastOutcome.Happened(applied(body(answer).path("reference").asString("")));
      case 404 -> new PastOutcome.DidNotHappen();
      default -> throw unexpected(answer);
    };
  }

  private static ChangeOutcome.Applied applied(String reference) {
    return new ChangeOutcome.Applied(reference);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(account.address().resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + account.token().reveal());
  }

  private static JsonNode body(HttpResponse<String> answer) throws IOException {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException("the ad platform's answer is not JSON", e);
    }
  }

  private IOException unexpected(HttpResponse<String> answer) {
    return new IOException(
        answer.statusCode() == 401
            ? "the ad platform refuses the token; enter the one it was started with"
            : "the ad platform at " + account.address() + " answers " + answer.statusCode());
  }
}
