package dev.segue.examples.recorder;

import dev.segue.sdk.MetricSource;
import dev.segue.sdk.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Offers a metric that needs no system outside: the minute that the clock shows, in UTC. */
final class Minutes implements MetricSource {

  private static final MetricInfo MINUTE =
      new MetricInfo(
          "recorder_minute", "Minute of the hour", "min", Duration.ofMinutes(1), List.of());

  @Override
  public List<MetricInfo> metrics() {
    return List.of(MINUTE);
  }

  @Override
  public Stream<MetricPoint> read(String metric, Instant from, Instant to, StepContext context) {
    Instant whole = from.truncatedTo(ChronoUnit.MINUTES);
    Instant first = whole.isBefore(from) ? whole.plus(1, ChronoUnit.MINUTES) : whole;
    return Stream.iterate(first, at -> at.isBefore(to), at -> at.plus(1, ChronoUnit.MINUTES))
        .map(at -> new MetricPoint(at, at.atZone(ZoneOffset.UTC).getMinute(), Map.of()));
  }
}
