package dev.segue.server.app;

import dev.segue.server.steps.StepMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Shows what steps do among the server's metrics. */
final class StepMeters implements StepMetrics {

  private final MeterRegistry registry;

  StepMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void worked(String stepType, String outcome, Duration took) {
    Timer.builder("segue.steps")
        .tag("type", stepType)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  @Override
  public void attemptsLost(int count) {
    registry.counter("segue.steps.attempts.lost").increment(count);
  }
}
