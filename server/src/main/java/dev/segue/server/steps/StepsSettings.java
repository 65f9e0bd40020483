package dev.segue.server.steps;

import java.time.Duration;

/**
 * How jobs are taken and steps are run.
 *
 * @param jobTimeout how long the engine leaves a job to a server that has died; prolonged while the
 *     job is worked on; at least 2 s
 * @param pollInterval pause between polls for jobs that weren't pushed
 * @param concurrencyPerPlugin how many steps of one plugin run at a time, and how many jobs of one
 *     step type are taken in advance
 * @param cpuThreads how many steps that compute run at a time, over all plugins
 * @param contextPatience how long a job waits for its run to become known before it is put back
 * @param putBack pause of a job that was put back
 * @param retryPause pause before a retry where the diagram doesn't set one
 * @param effectLease how long a begun effect is left alone by other servers; prolonged while it
 *     lasts
 * @param shutdownGrace how long running steps may go on when the server stops
 * @param cachedRuns how many runs' contexts are kept in memory
 */
public record StepsSettings(
    Duration jobTimeout,
    Duration pollInterval,
    int concurrencyPerPlugin,
    int cpuThreads,
    Duration contextPatience,
    Duration putBack,
    Duration retryPause,
    Duration effectLease,
    Duration shutdownGrace,
    int cachedRuns) {

  /** Refuses values out of range. */
  public StepsSettings {
    if (jobTimeout.compareTo(Duration.ofSeconds(2)) < 0) {
      throw new IllegalArgumentException("jobTimeout must be 2 s or more: " + jobTimeout);
    }
    if (concurrencyPerPlugin < 1 || cpuThreads < 1 || cachedRuns < 1) {
      throw new IllegalArgumentException(
          "concurrencyPerPlugin, cpuThreads and cachedRuns must be 1 or more");
    }
    if (!pollInterval.isPositive() || !effectLease.isPositive() || !contextPatience.isPositive()) {
      throw new IllegalArgumentException(
          "pollInterval, effectLease and contextPatience must be positive");
    }
  }

  /** What suits one server on a small machine. */
  public static StepsSettings defaults() {
    return new StepsSettings(
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        64,
        Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        10_000);
  }

  /** The same settings with other limits on what runs at a time. */
  public StepsSettings withConcurrency(int perPlugin, int threads) {
    return new StepsSettings(
        jobTimeout,
        pollInterval,
        perPlugin,
        threads,
        contextPatience,
        putBack,
        retryPause,
        effectLease,
        shutdownGrace,
        cachedRuns);
  }
}
