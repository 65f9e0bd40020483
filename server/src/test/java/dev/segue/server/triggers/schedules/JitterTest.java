package dev.segue.server.triggers.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JitterTest {

  private static final Instant SIX = Instant.parse("2026-06-01T06:00:00Z");
  private static final Duration MOST = Duration.ofMinutes(10);

  @Test
  void putsOffTheSameFiringByTheSame() {
    Jitter jitter = new Jitter("mornings", "hamburg", MOST);
    assertThat(jitter.fireAt(SIX)).isEqualTo(new Jitter("mornings", "hamburg", MOST).fireAt(SIX));
    assertThat(jitter.fireAt(SIX)).isNotEqualTo(jitter.fireAt(SIX.plusSeconds(86_400)));
    assertThat(new Jitter("mornings", null, Duration.ZERO).fireAt(SIX)).isEqualTo(SIX);
  }

  @Test
  void scattersManyEvenly() {
    List<Instant> fires =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new Jitter("mornings", "site-" + i, MOST).fireAt(SIX))
            .toList();
    assertThat(fires).allMatch(at -> !at.isBefore(SIX) && !at.isAfter(SIX.plus(MOST)));
    for (int minute = 0; minute < 10; minute++) {
      Instant from = SIX.plusSeconds(60L * minute);
      assertThat(
              fires.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60))))
          .as("minute %d", minute)
          .hasSizeBetween(800, 1200);
    }
  }
}
