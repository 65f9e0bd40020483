package dev.segue.server.bench;

import dev.segue.server.steps.StepMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts steps as a server does, so that counting is part of what is measured. */
final class MeteredSteps implements StepMetrics {

  private final MeterRegistry registry;

  MeteredSteps(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void worked(String stepType, String outcome, Duration took) {
    registry.timer("segue.steps", "type", stepType, "outcome", outcome).record(took);
  }

  @Override
  public void attemptsLost(int count) {
    registry.counter("segue.steps.timeline.lost").increment(count);
  }
}
