package dev.segue.server.steps;

import java.time.Duration;

/**
 * How much a plugin may misbehave before the server acts by itself.
 *
 * @param breaker when the jobs of a step type are held back
 * @param abandonedCalls a version with so many calls that heed no interrupt is quarantined
 * @param errors a version that threw so many {@link Error}s is quarantined
 * @param errorsWithin within which time it threw them
 * @param manyThreads a version with so many threads of its own is alarmed
 * @param mostThreads a version with so many threads of its own is quarantined
 * @param interval pause between looks at threads and processors
 */
public record Containment(
    BreakerSettings breaker,
    int abandonedCalls,
    int errors,
    Duration errorsWithin,
    int manyThreads,
    int mostThreads,
    Duration interval) {

  /** Refuses values out of range. */
  public Containment {
    if (abandonedCalls < 1 || errors < 1 || manyThreads < 1 || mostThreads < manyThreads) {
      throw new IllegalArgumentException(
          "the limits must be 1 or more, and mostThreads not below manyThreads");
    }
    if (!errorsWithin.isPositive() || !interval.isPositive()) {
      throw new IllegalArgumentException("the durations of the containment must be positive");
    }
  }

  /** 3 abandoned calls, 10 errors in 10 minutes, 50 and 200 threads, a look every 5 s. */
  public static Containment defaults() {
    return new Containment(
        BreakerSettings.defaults(), 3, 10, Duration.ofMinutes(10), 50, 200, Duration.ofSeconds(5));
  }
}
