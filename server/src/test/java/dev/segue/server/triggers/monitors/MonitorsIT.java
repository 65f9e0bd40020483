package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.data.metrics.Sample;
import dev.segue.server.data.metrics.SeriesKey;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.Json;
import dev.segue.server.testing.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Monitors on a real database, by the API, with a clock that the test turns. */
class MonitorsIT {

  private final MonitorGround ground = new MonitorGround();
  private final ApiClient admin = ground.admin();
  private final Monitors monitors = ground.server();
  private final Monitors other = ground.other();

  @BeforeEach
  void begin() {
    point(0, "red", 1);
    point(0, "blue", 1);
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void anAlertStartsOneRunForItsGroupAndItsEndTellsIt() {
    ground.startOutboxes();
    put(Map.of("above", 10, "recovery", 8), Map.of("severity", "critical"));
    turn(monitors, 1);
    point(1, "red", 11);
    point(1, "blue", 5);
    turn(monitors, 2);
    assertThat(firings()).containsExactly("started");
    JsonNode alert = run().path("alert");
    assertThat(alert.at("/labels/campaign").asString()).isEqualTo("red");
    assertThat(alert.path("severity").asString()).isEqualTo("critical");
    assertThat(alert.path("value").asDouble()).isEqualTo(11);
    assertThat(alert.path("direction").asString()).isEqualTo("above");
    assertThat(admin.get("/monitors").expect(200).at("/items/0/groups").toString())
        .contains("\"Alerting\":1");
    assertThat(groups("Alerting")).hasSize(1);

    point(3, "red", 9);
    turn(monitors, 4);
    assertThat(groups("Alerting")).hasSize(1);
    point(5, "red", 7);
    turn(monitors, 6);
    assertThat(groups("Alerting")).isEmpty();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !ground.published().isEmpty());
    assertThat(ground.published().element().name()).isEqualTo("monitor-recovered");
    assertThat(ground.published().element().correlationKey())
        .isEqualTo(alert.path("id").asString());
    assertThat(ground.published().element().timeToLive())
        .as("kept for a run that is held up")
        .isGreaterThanOrEqualTo(Duration.ofDays(30));
  }

  @Test
  void anotherServerGoesOnWhereOneStoppedAndRepeatsNothing() {
    put(Map.of("above", 10), Map.of("for", "PT10M"));
    turn(monitors, 1);
    point(2, "red", 11);
    turn(monitors, 3);
    assertThat(groups("Pending")).hasSize(1);
    assertThat(firings()).isEmpty();

    point(8, "red", 12);
    turn(other, 13);
    assertThat(firings()).containsExactly("started");
    JsonNode run = run().path("alert");
    assertThat(run.path("openedAt").asString()).isEqualTo("2026-06-01T00:12:00Z");
    assertThat(run.path("value").asDouble()).isEqualTo(12);
    turn(monitors, 13);
    monitors.runner().forget();
    turn(monitors, 14);
    assertThat(firings()).containsExactly("started");
  }

  @Test
  void aSilencedAlertStartsNoRunAndOverlappingSilencesAreRefused() {
    put(Map.of("above", 10), Map.of());
    JsonNode silence =
        admin
            .post(
                "/monitors/costs/silences",
                Map.of("endsAt", "2026-06-01T02:00:00Z", "reason", "sale"))
            .expect(201);
    assertThat(silence.path("author").asString()).isEqualTo("admin");
    assertThat(
            admin
                .post(
                    "/monitors/costs/silences",
                    Map.of(
                        "endsAt",
                        "2026-06-01T03:00:00Z",
                        "reason",
                        "again",
                        "labels",
                        Map.of("campaign", "red")))
                .problem(409, "conflict"))
        .contains("admin silenced");
    turn(monitors, 1);
    point(2, "red", 11);
    turn(monitors, 3);
    assertThat(firings()).containsExactly("skipped");
    assertThat(admin.get("/triggers/costs/firings").expect(200).toString())
        .contains("Silenced by admin until 2026-06-01T02:00:00Z: sale");
    admin.delete("/monitors/costs/silences/" + silence.path("id").asInt()).expect(204);
    point(4, "red", 1);
    turn(monitors, 5);
    point(6, "red", 20);
    turn(monitors, 7);
    assertThat(firings()).containsExactly("started", "skipped");
  }

  @Test
  void aGroupAddsItsSeriesUpAndSilenceIsShown() {
    put(
        Map.of("above", 15),
        Map.of("by", List.of(), "every", "PT5M", "aggregation", "sum", "noDataAfter", "PT20M"));
    turn(monitors, 1);
    point(6, "red", 10);
    turn(monitors, 7);
    point(6, "blue", 9);
    turn(monitors, 11);
    assertThat(firings()).containsExactly("started");
    assertThat(run().at("/alert/value").asDouble()).isEqualTo(19);
    turn(monitors, 40);
    assertThat(groups("NoData")).hasSize(1);
  }

  @Test
  void aSeriesThatAppearsLaterIsWatchedAndARemovedMonitorIsNot() {
    put(Map.of("above", 10), Map.of());
    turn(monitors, 1);
    point(2, "green", 11);
    turn(monitors, 3);
    assertThat(firings()).containsExactly("started");
    admin.delete("/triggers/costs").expect(204);
    point(4, "red", 11);
    turn(monitors, 5);
    assertThat(
            ground
                .database()
                .jooq()
                .fetchSingle("select count(*) from segue.monitor_group")
                .get(0, Integer.class))
        .isZero();
  }

  @Test
  void aSeriesThatAnotherMonitorSawFirstIsWatchedByAll() {
    put(Map.of("above", 10), Map.of());
    turn(monitors, 1);
    point(2, "green", 11);
    ground.put("others", Map.of("above", 500), Map.of());
    turn(monitors, 3);
    assertThat(firings()).containsExactly("started");
  }

  @Test
  void aBacktestSaysWhatWouldHaveBeenAndHowItDiffers() {
    for (int i = 1; i <= 600; i++) {
      point(i, "red", i / 100 % 2 == 1 ? 20 : i % 200 == 50 ? 12 : 5);
    }
    ground.now(MonitorGround.minute(700));
    put(Map.of("above", 15), Map.of());
    Map<String, Object> looser =
        Map.of("metric", "ad_costs", "condition", Map.of("above", 10), "for", "PT0S");
    JsonNode result =
        admin
            .post(
                "/monitors/backtest",
                Map.of("id", "costs", "monitor", looser, "from", MonitorGround.START.toString()))
            .expect(200);
    assertThat(result.path("points").asInt()).isEqualTo(602);
    assertThat(result.path("firings").valueStream().map(f -> f.path("openedAt").asString()))
        .containsExactly(
            "2026-06-01T00:50:00Z",
            "2026-06-01T01:40:00Z",
            "2026-06-01T04:10:00Z",
            "2026-06-01T05:00:00Z",
            "2026-06-01T07:30:00Z",
            "2026-06-01T08:20:00Z");
    assertThat(result.path("added").asInt()).isEqualTo(3);
    assertThat(result.path("missed")).isEmpty();
    assertThat(result.at("/firings/1/duration").asString()).isEqualTo("PT1H40M");
    assertThat(result.at("/firings/1/peak").asDouble()).isEqualTo(20);
    assertThat(result.at("/firings/1/inForce").asBoolean()).isTrue();
    assertThat(firings()).isEmpty();
  }

  @Test
  void rulesThatMakeNoSenseAreRefusedWithTheField() {
    assertThat(refused(Map.of("metric", "unknown", "condition", Map.of("above", 1))))
        .contains("There is no metric unknown");
    assertThat(refused(Map.of("metric", "ad_costs", "condition", Map.of("above", 1, "below", 3))))
        .contains("exactly one of");
    assertThat(
            refused(Map.of("metric", "ad_costs", "condition", Map.of("above", 1, "recovery", 2))))
        .contains("recovery level");
    assertThat(
            refused(
                Map.of(
                    "metric",
                    "ad_costs",
                    "condition",
                    Map.of("anomaly", Map.of("zone", "Mars/Base")))))
        .contains("There is no zone Mars/Base");
  }

  @Test
  void aPauseHoldsForTheNextAlertAndSoDoesItsEnd() {
    put(Map.of("above", 10, "recovery", 8), Map.of());
    turn(monitors, 1);
    admin.patch("/triggers/costs", Map.of("paused", true, "reason", "sale")).expect(200);
    point(1, "red", 11);
    turn(monitors, 2);
    assertThat(firings()).containsExactly("skipped");
    point(3, "red", 1);
    turn(monitors, 4);
    admin.patch("/triggers/costs", Map.of("paused", false)).expect(200);
    point(5, "red", 12);
    turn(monitors, 6);
    assertThat(firings()).containsExactlyInAnyOrder("started", "skipped");
  }

  @Test
  void aPackageMayBringAPausedMonitorOfAMetricThatIsNotThereYet() {
    ObjectNode declared =
        Json.parse(
                """
                {"id": "clicks", "paused": true,
                 "monitor": {"metric": "ad_clicks", "condition": {"above": 1}}}
                """)
            .asObject();
    assertThat(ground.packages().problems("order", FormRules.NONE, List.of(declared))).isEmpty();
    ground
        .database()
        .inTransaction(tx -> ground.packages().deployed(tx, "order", List.of(declared), "mia"));
    assertThat(admin.patch("/triggers/clicks", Map.of("paused", false)).problem(422, "invalid"))
        .contains("There is no metric ad_clicks");
    declared.put("paused", false);
    assertThat(ground.packages().problems("order", FormRules.NONE, List.of(declared)))
        .singleElement()
        .asString()
        .contains("There is no metric ad_clicks");

    ground
        .metrics()
        .write(List.of(new Sample(SeriesKey.of("ad_clicks", Map.of()), ground.now(), 1)));
    admin.patch("/triggers/clicks", Map.of("paused", false)).expect(200);
  }

  @Test
  void monitorsAreListedInPagesOfThoseThatTheCallerMaySee() {
    for (int i = 0; i < 8; i++) {
      String site = i % 3 == 0 ? "north" : "south";
      ground.put("costs" + i, Map.of("above", 10), Map.of("labels", Map.of("site", site)));
    }
    ground.point(1, Map.of("campaign", "red", "site", "north"), 20);
    ground.point(1, Map.of("campaign", "red", "site", "south"), 5);
    turn(monitors, 2);
    assertThat(listed(admin, 3))
        .containsExactly(
            "costs0 1",
            "costs1 0",
            "costs2 0",
            "costs3 1",
            "costs4 0",
            "costs5 0",
            "costs6 1",
            "costs7 0");
    assertThat(listed(ground.limitedTo("north"), 2))
        .containsExactly("costs0 1", "costs3 1", "costs6 1");
  }

  /** With how many groups are alerting. */
  private static List<String> listed(ApiClient caller, int limit) {
    List<String> all = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = caller.get("/monitors?limit=" + limit + next).expect(200);
      assertThat(page.path("items").size()).isBetween(1, limit);
      page.path("items")
          .forEach(
              one ->
                  all.add(one.path("id").asString() + " " + one.at("/groups/Alerting").asInt(0)));
      next = page.has("next") ? "&cursor=" + page.path("next").asString() : null;
    } while (next != null);
    return all;
  }

  private String refused(Map<String, Object> monitor) {
    return admin
        .put("/triggers/wrong", Map.of("workflow", "order", "monitor", monitor))
        .problem(422, "invalid");
  }

  private void put(Map<String, Object> condition, Map<String, Object> more) {
    ground.put("costs", condition, more);
  }

  private void turn(Monitors server, int minute) {
    ground.turn(server, minute);
  }

  private void point(int minute, String campaign, double value) {
    ground.point(minute, campaign, value);
  }

  private List<String> firings() {
    return ground.firings("costs");
  }

  private JsonNode groups(String phase) {
    return ground.groups("costs", phase);
  }

  private JsonNode run() {
    return Json.parse(
        ground
            .database()
            .jooq()
            .fetchSingle("select variables from segue.run")
            .get(0, String.class));
  }
}
