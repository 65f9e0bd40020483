package dev.segue.server.triggers.monitors;

import static dev.segue.server.triggers.monitors.MonitorGround.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.data.metrics.Sample;
import dev.segue.server.data.metrics.SeriesKey;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is watched live comes out as its backtest does, whoever watches and however points come. */
class MonitorReplayIT {

  private record Arrival(Instant at, Sample sample) {}

  private final MonitorGround ground = new MonitorGround();
  private final List<Arrival> onTheWay = new ArrayList<>();

  @BeforeEach
  void begin() {
    ground.startOutboxes();
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void windowsOverManySeriesHoldAllPointsThatAreALittleLateOrCameWhileNobodyWatched() {
    for (int i = 0; i < 900; i++) {
      send(0.5, 0, "alone" + i, "only", 1000);
    }
    for (int second = 0; second < 3600; second += 3) {
      send(second / 60.0, 0, "many", "often", 1);
    }
    for (int end = 5; end <= 60; end += 5) {
      double value = end == 15 || end == 40 ? 0.8 : 1;
      for (int i = 0; i < 150; i++) {
        send(end - 0.02, i % 2 == 0 ? 2 : 4, "many", "unit" + i, value);
      }
    }
    Map<String, Object> condition = Map.of("below", 230);
    Map<String, Object> rule =
        Map.of("by", List.of("batch"), "every", "PT5M", "aggregation", "sum");
    ground.put("costs", condition, rule);

    for (int end = 0; end <= 20; end += 5) {
      for (double late : new double[] {2, 4, 10}) {
        turn(ground.server(), minute(end + late / 60));
      }
    }
    turn(ground.other(), minute(60.2));
    assertThat(backtest(condition, rule))
        .isEqualTo(awaitLive(4))
        .containsExactly(
            "2026-06-01T00:15:00Z",
            "2026-06-01T00:20:00Z closed",
            "2026-06-01T00:40:00Z",
            "2026-06-01T00:45:00Z closed");
  }

  @Test
  void pointsOfOneSeriesThatIsFarBehindAreJudgedInTheOrderOfTheirTime() {
    Map<String, Object> condition = Map.of("above", 10);
    Map<String, Object> rule = Map.of("by", List.of("batch"));
    ground.put("costs", condition, rule);
    send(1, 0, "many", "often", 1);
    send(1, 0, "many", "seldom", 1);
    turn(ground.server(), minute(2));
    for (int second = 120; second < 3600; second += 3) {
      send(second / 60.0, 0, "many", "often", second == 2403 ? 50 : 1);
      if (second % 300 == 0) {
        send(second / 60.0, 0, "many", "seldom", 1);
      }
    }
    turn(ground.other(), minute(60.2));
    assertThat(backtest(condition, rule))
        .isEqualTo(awaitLive(2))
        .containsExactly("2026-06-01T00:40:03Z", "2026-06-01T00:40:06Z closed");
  }

  private void send(double minute, int lateSeconds, String batch, String unit, double value) {
    Instant at = minute(minute);
    SeriesKey series = SeriesKey.of("ad_costs", Map.of("batch", batch, "unit", unit));
    onTheWay.add(new Arrival(at.plusSeconds(lateSeconds), new Sample(series, at, value)));
  }

  private void turn(Monitors server, Instant now) {
    List<Arrival> arrived = onTheWay.stream().filter(one -> !one.at().isAfter(now)).toList();
    onTheWay.removeAll(arrived);
    ground.metrics().write(arrived.stream().map(Arrival::sample).toList());
    ground.turn(server, now);
  }

  /** When alerts opened and closed, once there are so many times. */
  private List<String> awaitLive(int times) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(this::live, found -> found.size() >= times);
  }

  private List<String> live() {
    Stream<String> opened =
        ground
            .database()
            .jooq()
            .fetch("select variables::jsonb #>> '{alert,openedAt}' from segue.run")
            .map(row -> row.get(0, String.class))
            .stream();
    Stream<String> closed =
        ground.published().stream()
            .map(
                message -> Json.parse(message.variablesJson()).at("/recovered/closedAt").asString())
            .map(at -> at + " closed");
    return Stream.concat(opened, closed).distinct().sorted().toList();
  }

  private List<String> backtest(Map<String, Object> condition, Map<String, Object> rule) {
    Map<String, Object> monitor = new HashMap<>(rule);
    monitor.put("metric", "ad_costs");
    monitor.put("labels", Map.of("batch", "many"));
    monitor.put("condition", condition);
    List<String> all = new ArrayList<>();
    for (JsonNode firing :
        ground
            .admin()
            .post(
                "/monitors/backtest",
                Map.of("monitor", monitor, "from", MonitorGround.START.toString()))
            .expect(200)
            .path("firings")) {
      all.add(firing.path("openedAt").asString());
      all.add(firing.path("closedAt").asString() + " closed");
    }
    return all;
  }
}
