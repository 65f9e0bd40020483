package dev.segue.server.triggers.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class IncomingEventTest {

  private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  @Test
  void aStructuredCloudEventIsItsBody() {
    IncomingEvent event =
        read(
            Map.of("content-type", "application/cloudevents+json; charset=utf-8"),
            """
            {"specversion":"1.0","id":"7","source":"/till/1","type":"order.placed","shop":"north",
             "data":{"total":12.5}}\
            """);
    assertThat(event.cloudEvent()).isTrue();
    assertThat(event.attributes().path("shop").asString()).isEqualTo("north");
    assertThat(event.attributes().at("/data/total").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(event.attributes().path("receivedAt").asString()).isEqualTo(NOW.toString());
  }

  @Test
  void aBinaryCloudEventHasItsAttributesInHeaders() {
    IncomingEvent event =
        read(
            Map.of(
                "content-type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "7",
                "ce-source",
                "/till/1",
                "ce-type",
                "order.placed",
                "ce-subject",
                "caf%C3%A9 1+1"),
            "{\"total\":12.5}");
    assertThat(event.cloudEvent()).isTrue();
    assertThat(event.attributes().path("subject").asString()).isEqualTo("café 1+1");
    assertThat(event.attributes().at("/data/total").asDouble()).isEqualTo(12.5);
  }

  @Test
  void anyOtherJsonIsTheData() {
    IncomingEvent event = read(Map.of("content-type", "application/json"), "[1,2]");
    assertThat(event.cloudEvent()).isFalse();
    assertThat(event.attributes().path("data")).hasSize(2);
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() {
    Map<String, String> structured = Map.of("content-type", IncomingEvent.STRUCTURED);
    assertRefused(structured, "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\"}", "no type");
    assertRefused(structured, "{\"specversion\":\"0.3\"}", "specversion 1.0");
    assertRefused(structured, "[]", "JSON object");
    Map<String, String> json = Map.of("content-type", "application/json");
    assertRefused(json, "{\"pin\": 1234", "not JSON (line 1");
    assertRefused(json, "", "no body");
    assertRefused(json, "{\"x\": 1e500000000}", "not JSON");
    assertRefused(json, "{\"a\": [{\"b\": \"x\\u0000y\"}]}", "U+0000");
  }

  @Test
  void onlyJsonIsTakenAndNoBatches() {
    assertThatCode(() -> IncomingEvent.requireJson("application/vnd.shop.v1+json"))
        .doesNotThrowAnyException();
    for (String type :
        new String[] {
          "",
          "text/plain",
          "application/xml",
          "application/x-www-form-urlencoded",
          "application/jsonx"
        }) {
      assertThatThrownBy(() -> IncomingEvent.requireJson(type)).isInstanceOf(ApiException.class);
    }
    assertThatThrownBy(() -> IncomingEvent.requireJson("application/cloudevents-batch+json"))
        .hasMessageContaining("each event by itself");
  }

  @Test
  void expressionsSeeHeadersThatAreNoSecrets() {
    WebhookSettings settings =
        WebhookSettings.read(
            (ObjectNode) Json.tree(Map.of("scheme", "header", "header", "X-Proof")));
    Map<String, String> headers =
        Map.of(
            "content-type", "application/json",
            "x-github-event", "push",
            "x-proof", "abc",
            "x-hub-signature-256", "abc",
            "x-api-key", "abc",
            "authorization", "Bearer abc");
    ObjectNode scope = read(headers, "{}").scope(headers, settings);
    assertThat(scope.path("headers").toString()).isEqualTo("{\"x-github-event\":\"push\"}");
  }

  @Test
  void keysOfEventsCannotBeMistakenForEachOther() {
    assertThat(EventKey.ofId("msg_1").text()).isEqualTo("msg_1");
    assertThat(EventKey.ofId("a b").text()).startsWith("sha256:").doesNotContain(" ");
    assertThat(EventKey.ofId("x".repeat(201)).text()).hasSize(71);
    assertThat(EventKey.ofCloudEvent("/till", "7").text()).isEqualTo("/till 7");
    assertThat(EventKey.ofCloudEvent("/till 7", "7").text().split(" ")).hasSize(2);
    EventKey body = EventKey.ofBody(new byte[] {1}, Duration.ofMinutes(5));
    assertThat(body.text()).startsWith("body:");
    assertThat(body.window()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aMinutesCallsAreCountedAndComeBackWithTime() {
    RateLimits limits = new RateLimits();
    for (int i = 0; i < 60; i++) {
      assertThat(limits.take("a", 60, NOW)).isZero();
    }
    assertThat(limits.take("a", 60, NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(limits.take("b", 60, NOW)).isZero();
    assertThat(limits.take("a", 60, NOW.plusSeconds(1))).isZero();
    assertThat(limits.take("a", 60, NOW.plusSeconds(1))).isPositive();
  }

  private static void assertRefused(Map<String, String> headers, String body, String reason) {
    assertThatThrownBy(() -> read(headers, body))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(reason);
  }

  private static IncomingEvent read(Map<String, String> headers, String body) {
    return IncomingEvent.read(headers, body.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
