package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class MonitorSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "'{every: PT0.0001S}', whole seconds",
    "'{every: PT0.5S, window: P1D}', whole seconds",
    "'{every: PT1S, window: P30D}', 10000 times",
    "'{window: P30D}', at most 7 days",
    "'{every: P1000000000D}', longer than a year",
    "'{noDataAfter: P400D}', longer than a year",
    "'{condition: {change: {percent: 1, over: P100000000000D}}}', at most 366 days"
  })
  void timesThatWouldKeepAServerBusyAreRefused(String written, String reason) {
    assertThatThrownBy(() -> MonitorSettings.read(monitor(written)))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.problem().errors().getFirst().message()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{every: PT1S, window: PT1H}",
        "{every: PT1H, window: P366D}",
        "{window: P7D}",
        "{condition: {change: {percent: 1, over: P366D}}}"
      })
  void othersAreTaken(String written) {
    assertThat(MonitorSettings.read(monitor(written)).rule().memory())
        .isLessThan(Duration.ofDays(1000));
  }

  @Test
  void whatIsStoredCanBeShownEvenIfItWouldBeRefusedNow() {
    assertThat(MonitorSettings.stored(monitor("{every: PT0.0001S}")).metricName())
        .isEqualTo("costs");
  }

  /** Of short text without quotes. */
  private static ObjectNode monitor(String written) {
    String json =
        written.replaceAll("([a-zA-Z]\\w*): ", "\"$1\": ").replaceAll("(P[\\w.]+)", "\"$1\"");
    ObjectNode monitor = Json.object().put("metric", "costs");
    monitor.set("condition", Json.object().put("above", 1));
    monitor.setAll(Json.parse(json).asObject());
    return monitor;
  }
}
