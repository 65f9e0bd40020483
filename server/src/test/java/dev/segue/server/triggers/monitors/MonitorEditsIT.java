package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Message;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of groups and their alerts when a monitor is changed, removed or begins anew. */
class MonitorEditsIT {

  private final MonitorGround ground = new MonitorGround();

  @BeforeEach
  void begin() {
    ground.startOutboxes();
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void aChangedRuleLooksAtPointsFromThenOn() {
    ground.put("costs", Map.of("above", 100), Map.of());
    ground.turn(ground.server(), 1);
    ground.point(2, "red", 200);
    ground.point(3, "red", 50);
    ground.turn(ground.server(), 4);
    assertThat(ground.firings("costs")).hasSize(1);
    ground.point(10, "red", 60);
    ground.turn(ground.server(), 12);
    change(Map.of("above", 40), Map.of());
    ground.turn(ground.server(), 13);
    assertThat(ground.firings("costs")).hasSize(1);
    ground.point(14, "red", 60);
    ground.turn(ground.other(), 15);
    assertThat(opened()).containsExactly("2026-06-01T00:02:00Z", "2026-06-01T00:14:00Z");
  }

  @Test
  void whatTheOldRuleWasAboutToOpenDoesNotOpen() {
    ground.put("costs", Map.of("above", 10), Map.of("for", "PT10M"));
    ground.turn(ground.server(), 1);
    ground.point(2, "red", 20);
    ground.turn(ground.server(), 3);
    assertThat(ground.groups("costs", "Pending")).hasSize(1);
    change(Map.of("above", 30), Map.of());
    ground.turn(ground.server(), 4);
    assertThat(ground.groups("costs", "Normal")).hasSize(1);
    assertThat(opened()).isEmpty();
  }

  @Test
  void alertsOfGroupsThatAChangeDoesAwayWithEnd() {
    ground.put("costs", Map.of("above", 10), Map.of());
    ground.turn(ground.server(), 1);
    ground.point(2, "red", 20);
    ground.point(2, "blue", 5);
    ground.turn(ground.server(), 3);
    change(Map.of("above", 10), Map.of("labels", Map.of("campaign", "blue")));
    ground.turn(ground.server(), 4);
    assertThat(ground.groups("costs", "Alerting")).isEmpty();
    ground.turn(ground.other(), 5);
    awaitEndOf(alerts().getFirst());
  }

  @Test
  void alertsOfARemovedMonitorEnd() {
    ground.put("costs", Map.of("above", 10), Map.of());
    ground.turn(ground.server(), 1);
    ground.point(2, "red", 20);
    ground.point(2, "blue", 5);
    ground.turn(ground.server(), 3);
    ground.admin().delete("/triggers/costs").expect(204);
    ground.turn(ground.server(), 4);
    awaitEndOf(alerts().getFirst());
  }

  @Test
  void theSiteOfRunsIsTheOneThatIsWatched() {
    ground.put(
        "costs",
        Map.of("above", 10),
        Map.of("labels", Map.of("site", "north"), "by", List.of("campaign")));
    ground.put("others", Map.of("above", 10), Map.of("by", List.of("site")));
    ground.turn(ground.server(), 1);
    ground.point(2, Map.of("campaign", "red", "site", "north"), 20);
    ground.point(2, Map.of("campaign", "blue"), 20);
    ground.turn(ground.server(), 3);
    assertThat(ground.firings("costs")).containsExactly("started");
    assertThat(ground.firings("others")).containsExactly("started", "started");
    assertThat(
            ground
                .database()
                .jooq()
                .fetch("select coalesce(site_id, 'none') from segue.run order by 1")
                .map(row -> row.get(0, String.class)))
        .containsExactly("none", "north", "north");
  }

  @Test
  void aServerThatTakesOverKnowsForHowLongThereWereNoPoints() {
    ground.put(
        "costs", Map.of("above", 10), Map.of("keepFiringFor", "PT5M", "noDataAfter", "PT20M"));
    ground.turn(ground.server(), 1);
    ground.point(2, "red", 20);
    ground.point(3, "red", 5);
    ground.turn(ground.server(), 9);
    assertThat(ground.groups("costs", "Normal")).hasSize(1);
    ground.turn(ground.other(), 30);
    assertThat(ground.groups("costs", "NoData").get(0).path("since").asString())
        .isEqualTo("2026-06-01T00:23:00Z");
  }

  @Test
  void aRuleThatNeedsPointsMoreOftenThanItsForIsPointedOut() {
    assertThat(ground.put("costs", Map.of("above", 10), Map.of("for", "PT2H")).path("warnings"))
        .singleElement()
        .asString()
        .contains("PT15M", "noDataAfter");
    Map<String, Object> hourly = Map.of("for", "PT2H", "every", "PT1H");
    assertThat(ground.put("others", Map.of("above", 10), hourly).has("warnings")).isFalse();
  }

  private void change(Map<String, Object> condition, Map<String, Object> more) {
    Map<String, Object> monitor = new HashMap<>(more);
    monitor.put("metric", "ad_costs");
    monitor.put("condition", condition);
    ground
        .admin()
        .with("If-Match", ground.admin().get("/triggers/costs").header("ETag").orElseThrow())
        .put("/triggers/costs", Map.of("workflow", "order", "monitor", monitor))
        .expect(200);
  }

  private List<String> opened() {
    return alerts().stream().map(alert -> alert.path("openedAt").asString()).toList();
  }

  /** In the order of their opening. */
  private List<JsonNode> alerts() {
    return ground
        .database()
        .jooq()
        .fetch("select variables::jsonb -> 'alert' from segue.run order by created_at")
        .map(row -> Json.parse(row.get(0, String.class)));
  }

  /** The run of an alert is told that it ended. */
  private void awaitEndOf(JsonNode alert) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(ground.published().stream().map(Message::correlationKey).distinct())
                    .containsExactly(alert.path("id").asString()));
  }
}
