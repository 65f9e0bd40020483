package dev.segue.server.steps;

import dev.segue.server.plugins.PluginAlarms;
import dev.segue.server.plugins.PluginLease;
import dev.segue.server.steps.Breaker.Status;
import dev.segue.server.steps.Breaker.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The breakers of all step types; each version of a plugin has its own, so that an upgrade begins
 * anew. They are this server's: another one may fare better with the same plugin. Thread-safe.
 */
final class Breakers {

  static final String ALARM = "step-held-back";

  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
  private static final int LONGEST_FAILURE = 300;

  private final BreakerSettings settings;
  private final InstantSource clock;
  private final PluginAlarms alarms;
  private final StepMetrics metrics;
  private final Map<Key, Breaker> breakers = new ConcurrentHashMap<>();

  private record Key(String stepType, String version) {}

  /** What is done with a job that is let through. */
  @FunctionalInterface
  interface Way {
    JobOutcome follow() throws InterruptedException;
  }

  Breakers(
      BreakerSettings settings, InstantSource clock, PluginAlarms alarms, StepMetrics metrics) {
    this.settings = settings;
    this.clock = clock;
    this.alarms = alarms;
    this.metrics = metrics;
  }

  /** Lets a job go its way, unless its step type is held back; sees what becomes of it. */
  JobOutcome pass(PluginLease lease, long job, Way way) throws InterruptedException {
    Key key = new Key(lease.descriptor().type().toString(), lease.pluginVersion());
    Breaker breaker = breakers.computeIfAbsent(key, any -> new Breaker(settings));
    Duration wait = breaker.enter(job, clock.instant());
    if (wait != null) {
      return new JobOutcome.Later(wait, message(key, breaker.status()));
    }
    JobOutcome outcome = null;
    try {
      outcome = way.follow();
      return outcome;
    } finally {
      if (outcome == null) {
        breaker.ended(job, clock.instant());
      } else {
        settle(key, breaker, job, outcome);
      }
    }
  }

  private void settle(Key key, Breaker breaker, long job, JobOutcome outcome) {
    Instant now = clock.instant();
    Turn turn =
        switch (outcome) {
          case JobOutcome.Completed done -> breaker.succeeded(job);
          case JobOutcome.BusinessError error -> breaker.succeeded(job);
          case JobOutcome.Retry retry -> ended(breaker, job, retry.failed(), retry.message(), now);
          case JobOutcome.Incident incident ->
              ended(breaker, job, incident.failed(), incident.message(), now);
          case JobOutcome.Later later -> ended(breaker, job, false, "", now);
          case JobOutcome.Gone gone -> ended(breaker, job, false, "", now);
        };
    if (turn != Turn.NONE) {
      tell(key, turn, breaker.status());
    }
  }

  private static Turn ended(
      Breaker breaker, long job, boolean failed, String message, Instant now) {
    if (failed) {
      return breaker.failed(job, message, now);
    }
    breaker.ended(job, now);
    return Turn.NONE;
  }

  private void tell(Key key, Turn turn, Status status) {
    boolean open = turn == Turn.OPENED;
    metrics.heldBack(key.stepType(), key.version(), open);
    try {
      if (open) {
        String message = message(key, status);
        LOG.warn("{}", message);
        alarms.raise(ALARM, key.stepType(), message);
      } else {
        LOG.info("The step type {} works again", key.stepType());
        alarms.clear(ALARM, key.stepType());
      }
    } catch (RuntimeException databaseAway) {
      LOG.warn("Could not note it among the alarms: {}", databaseAway.getMessage());
    }
  }

  private static String message(Key key, Status status) {
    String failure = status.lastFailure().replaceAll("[. ]+$", "");
    return "The jobs of %s wait, because version %s of its plugin fails them, the last with: %s. One is tried at %s. If that doesn't help, look at what the step talks to, or go back to the version before."
        .formatted(
            key.stepType(),
            key.version(),
            failure.length() > LONGEST_FAILURE
                ? failure.substring(0, LONGEST_FAILURE) + "…"
                : failure,
            status.until().truncatedTo(ChronoUnit.SECONDS));
  }

  /** How the breaker of a step type stands; empty if nothing went through it yet. */
  Optional<Status> status(String stepType, String version) {
    return Optional.ofNullable(breakers.get(new Key(stepType, version))).map(Breaker::status);
  }
}
