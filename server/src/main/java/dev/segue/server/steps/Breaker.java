package dev.segue.server.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the jobs of one step type in one version of its plugin while the plugin fails them
 * all, and lets one through now and then to see whether it still does. Thread-safe.
 */
final class Breaker {

  private static final Duration TRIAL_PAUSE = Duration.ofSeconds(2);

  private final BreakerSettings settings;
  private final Set<Long> failedInARow = new HashSet<>();
  private final Deque<Boolean> window = new ArrayDeque<>();
  private State state = State.CLOSED;
  private Duration pause;
  private Instant since = Instant.EPOCH;
  private Instant until = Instant.EPOCH;
  private long trial;
  private String lastFailure = "";

  /** Whether jobs get through. */
  enum State {
    /** All do. */
    CLOSED,
    /** None does. */
    OPEN,
    /** One does, to see what becomes of it. */
    HALF_OPEN
  }

  /** What happened to the breaker. */
  enum Turn {
    NONE,
    OPENED,
    CLOSED
  }

  /**
   * How it stands.
   *
   * @param since when jobs began to be held back; the epoch while they aren't
   * @param until when one is tried
   * @param lastFailure of the plugin; may be empty
   */
  record Status(State state, Instant since, Instant until, String lastFailure) {}

  Breaker(BreakerSettings settings) {
    this.settings = settings;
    this.pause = settings.firstPause();
  }

  /**
   * Asks whether a job may begin. One that may must be settled.
   *
   * @return how long it has to wait, or null if it may
   */
  synchronized @Nullable Duration enter(long job, Instant now) {
    if (state == State.OPEN && !now.isBefore(until)) {
      state = State.HALF_OPEN;
      trial = job;
      return null;
    }
    return switch (state) {
      case CLOSED -> null;
      case OPEN -> Duration.between(now, until);
      case HALF_OPEN -> job == trial ? null : TRIAL_PAUSE;
    };
  }

  /** Notes that a job went well, as far as the plugin is concerned. */
  synchronized Turn succeeded(long job) {
    failedInARow.clear();
    add(false);
    if (state == State.CLOSED || job != trial) {
      return Turn.NONE;
    }
    state = State.CLOSED;
    since = Instant.EPOCH;
    pause = settings.firstPause();
    window.clear();
    return Turn.CLOSED;
  }

  /** Notes that the plugin failed a job. */
  synchronized Turn failed(long job, String message, Instant now) {
    lastFailure = message;
    if (state == State.HALF_OPEN && job == trial) {
      pause = min(pause.multipliedBy(2), settings.longestPause());
      return open(now);
    }
    if (!failedInARow.add(job)) {
      return Turn.NONE;
    }
    add(true);
    return state == State.CLOSED && failsTooOften() ? openAnew(now) : Turn.NONE;
  }

  /** Notes that a job ended in a way that tells nothing of the plugin. */
  synchronized void ended(long job, Instant now) {
    if (state == State.HALF_OPEN && job == trial) {
      state = State.OPEN;
      until = now;
    }
  }

  private void add(boolean failure) {
    window.add(failure);
    if (window.size() > settings.window()) {
      window.remove();
    }
  }

  private boolean failsTooOften() {
    long failures = window.stream().filter(failure -> failure).count();
    return failedInARow.size() >= settings.inARow()
        || (window.size() >= settings.window() && failures >= settings.share() * settings.window());
  }

  private Turn openAnew(Instant now) {
    since = now;
    return open(now);
  }

  private Turn open(Instant now) {
    state = State.OPEN;
    until = now.plus(pause);
    return Turn.OPENED;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  synchronized Status status() {
    return new Status(state, since, until, lastFailure);
  }
}
