package dev.segue.testkit;

import dev.segue.sdk.MetricSource;
import dev.segue.sdk.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** How far each day is from the beginning, with one flaw. */
final class FaultyMetric implements MetricSource {

  enum Flaw {
    NONE,
    BEYOND_THE_PERIOD,
    STRANGE_LABELS,
    CUT_BY_THE_PERIOD,
    HEEDS_NO_INTERRUPT
  }

  private final Flaw flaw;

  FaultyMetric(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(new MetricInfo("day", "Day", "d", Duration.ofDays(1), List.of("side")));
  }

  @Override
  public Stream<MetricPoint> read(String metric, Instant from, Instant to, StepContext context) {
    long until = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    while (flaw == Flaw.HEEDS_NO_INTERRUPT && System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
    }
    Instant first = from.truncatedTo(ChronoUnit.DAYS);
    boolean whole = first.equals(from) || flaw == Flaw.CUT_BY_THE_PERIOD;
    return Stream.iterate(
            whole ? first : first.plus(1, ChronoUnit.DAYS), day -> day.plus(1, ChronoUnit.DAYS))
        .takeWhile(day -> day.isBefore(flaw == Flaw.BEYOND_THE_PERIOD ? to.plusSeconds(1) : to))
        .map(day -> point(day.isBefore(from) ? from : day));
  }

  private MetricPoint point(Instant at) {
    String label = flaw == Flaw.STRANGE_LABELS ? "colour" : "side";
    return new MetricPoint(at, at.getEpochSecond() / 86_400.0, Map.of(label, "left"));
  }
}
