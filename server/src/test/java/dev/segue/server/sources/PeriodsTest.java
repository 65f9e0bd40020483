package dev.segue.server.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {

  private static final Instant NOW = Instant.parse("2026-03-29T10:07:00Z");

  @Test
  void aPeriodGoesOnWhereTheLastOneEndedAndReachesBackSoFar() {
    Definition source = daily("PT2H");
    assertThat(Periods.due(source, null, NOW))
        .isEqualTo(new Period(NOW.minus(Duration.ofDays(1)), NOW));
    assertThat(Periods.due(source, NOW.minus(Duration.ofDays(3)), NOW))
        .isEqualTo(new Period(NOW.minus(Duration.ofHours(74)), NOW));
    assertThat(Periods.due(source, NOW.minus(Duration.ofDays(300)), NOW))
        .isEqualTo(new Period(NOW.minus(Duration.ofDays(31)), NOW));
    assertThat(Periods.due(daily("PT0S"), NOW, NOW).from()).isBefore(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:07:00Z, 2026-03-29T10:07:00Z, 2026-03-15T00:00:00Z",
    "2026-03-28T10:07:00Z, 2026-03-29T10:07:00Z, 2026-03-28T22:00:00Z",
    "2026-03-29T08:50:00Z, 2026-03-29T10:07:00Z, 2026-03-29T09:00:00Z",
    "2026-03-29T09:10:00Z, 2026-03-29T09:13:00Z, 2026-03-29T09:11:00Z",
    "2026-03-29T09:10:30Z, 2026-03-29T09:11:30Z, 2026-03-29T09:11:00Z",
    "2026-03-29T09:10:00Z, 2026-03-29T09:11:59Z,"
  })
  void aPeriodIsCutAtAWholeDayHourOrMinute(Instant from, Instant to, Instant cut) {
    if (cut == null) {
      assertThat(Periods.cut(new Period(from, to))).isEmpty();
    } else {
      assertThat(Periods.cut(new Period(from, to))).contains(cut);
    }
  }

  private static Definition daily(String lookback) {
    return Definition.read(
        Json.object()
            .put("metric", "a")
            .put("every", "P1D")
            .put("lookback", lookback)
            .set("sql", Json.object().put("query", "select 1")));
  }
}
