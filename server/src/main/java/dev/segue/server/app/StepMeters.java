package dev.segue.server.app;

import dev.segue.server.steps.PluginLoad;
import dev.segue.server.steps.StepMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows what steps do among the server's metrics. */
final class StepMeters implements StepMetrics {

  private final MeterRegistry registry;
  private final Map<Tags, AtomicInteger> heldBack = new ConcurrentHashMap<>();
  private final MultiGauge threads;
  private final MultiGauge cpu;
  private final MultiGauge abandoned;

  StepMeters(MeterRegistry registry) {
    this.registry = registry;
    this.threads = MultiGauge.builder("segue.plugin.threads").register(registry);
    this.cpu = MultiGauge.builder("segue.plugin.cpu").baseUnit("seconds").register(registry);
    this.abandoned = MultiGauge.builder("segue.plugin.abandoned.calls").register(registry);
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

  @Override
  public void heldBack(String stepType, String version, boolean isHeldBack) {
    heldBack
        .computeIfAbsent(
            Tags.of("type", stepType, "version", version),
            tags -> registry.gauge("segue.steps.held.back", tags, new AtomicInteger()))
        .set(isHeldBack ? 1 : 0);
  }

  @Override
  public void loads(List<PluginLoad> loads) {
    threads.register(loads.stream().map(load -> row(load, load.threads())).toList(), true);
    cpu.register(loads.stream().map(load -> row(load, load.cpuSeconds())).toList(), true);
    abandoned.register(loads.stream().map(load -> row(load, load.abandonedCalls())).toList(), true);
  }

  private static MultiGauge.Row<?> row(PluginLoad load, Number value) {
    return MultiGauge.Row.of(Tags.of("plugin", load.plugin()), value);
  }
}
