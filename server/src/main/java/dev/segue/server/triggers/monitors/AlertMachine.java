package dev.segue.server.triggers.monitors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves a group from one state to the next: a function of the state and what was observed. */
public final class AlertMachine {

  private final AlertRule rule;

  /** A machine for one rule; thread-safe. */
  public AlertMachine(AlertRule rule) {
    this.rule = rule;
  }

  /** A state and how it was reached. */
  public record Step(AlertState state, List<Transition> transitions) {}

  /**
   * Evaluates.
   *
   * @param seen what is older than the state's last evaluation changes nothing
   */
  public Step step(AlertState state, Observation seen) {
    if (seen.at().isBefore(state.at())) {
      return new Step(state, List.of());
    }
    AlertState next =
        switch (seen) {
          case Observation.Measured(Instant at, Reading reading) -> measured(state, at, reading);
          case Observation.Missing(Instant at) ->
              absent(state, at, rule.noData(), AlertPhase.NO_DATA);
          case Observation.Failed(Instant at, String reason) ->
              absent(state, at, rule.error(), AlertPhase.ERROR);
          case Observation.Waited(Instant at) -> waited(state, at);
        };
    return new Step(next, transitions(state, next));
  }

  private AlertState measured(AlertState state, Instant at, Reading reading) {
    if (state.alert() != null) {
      Alert alert = state.alert().seen(at, reading);
      return reading.recovered() ? recovering(state, at, alert) : alerting(state, at, alert);
    }
    return reading.broken() ? broken(state, at, reading) : normal(state, at);
  }

  private AlertState absent(
      AlertState state, Instant at, AlertRule.Absence meaning, AlertPhase shown) {
    Alert alert = state.alert();
    return switch (meaning) {
      case SHOW -> move(state, shown, at, null, null, alert);
      case ALERTING -> alert == null ? broken(state, at, null) : alerting(state, at, alert);
      case OK -> alert == null ? normal(state, at) : recovering(state, at, alert);
      case KEEP_LAST -> waited(state, at);
    };
  }

  private AlertState waited(AlertState state, Instant at) {
    return switch (state.phase()) {
      case RECOVERING ->
          state.alert() == null ? normal(state, at) : recovering(state, at, state.alert());
      case PENDING -> broken(state, at, null);
      case NORMAL, ALERTING, NO_DATA, ERROR ->
          move(state, state.phase(), at, state.forming(), state.recoveredAt(), state.alert());
    };
  }

  private AlertState broken(AlertState state, Instant at, @Nullable Reading reading) {
    Alert forming =
        state.forming() == null ? Alert.first(at, reading) : state.forming().seen(at, reading);
    if (at.isBefore(opens(forming, state))) {
      return move(state, AlertPhase.PENDING, at, forming, null, null);
    }
    return move(state, AlertPhase.ALERTING, at, null, null, forming.openedAt(at));
  }

  private Instant opens(Alert forming, AlertState state) {
    Instant lasted = forming.brokenAt().plus(rule.lasting());
    return lasted.isBefore(state.quietUntil()) ? state.quietUntil() : lasted;
  }

  /** When time alone moves a group on; empty if it doesn't. */
  Optional<Instant> deadline(AlertState state) {
    if (state.phase() == AlertPhase.PENDING && state.forming() != null) {
      return Optional.of(opens(state.forming(), state));
    }
    if (state.phase() == AlertPhase.RECOVERING && state.recoveredAt() != null) {
      return Optional.of(state.recoveredAt().plus(rule.keepFiring()));
    }
    return Optional.empty();
  }

  private AlertState alerting(AlertState state, Instant at, Alert alert) {
    return move(state, AlertPhase.ALERTING, at, null, null, alert);
  }

  private AlertState recovering(AlertState state, Instant at, Alert alert) {
    Instant since = state.recoveredAt() == null ? at : state.recoveredAt();
    if (at.isBefore(since.plus(rule.keepFiring()))) {
      return move(state, AlertPhase.RECOVERING, at, null, since, alert);
    }
    return new AlertState(AlertPhase.NORMAL, at, at, null, null, null, at.plus(rule.coolDown()));
  }

  private static AlertState normal(AlertState state, Instant at) {
    return move(state, AlertPhase.NORMAL, at, null, null, null);
  }

  private static AlertState move(
      AlertState state,
      AlertPhase phase,
      Instant at,
      @Nullable Alert forming,
      @Nullable Instant recoveredAt,
      @Nullable Alert alert) {
    Instant since = phase == state.phase() ? state.since() : at;
    return new AlertState(phase, since, at, forming, recoveredAt, alert, state.quietUntil());
  }

  private static List<Transition> transitions(AlertState old, AlertState now) {
    List<Transition> all = new ArrayList<>(2);
    if (old.phase() != now.phase()) {
      all.add(new Transition.Moved(now.at(), old.phase(), now.phase()));
    }
    if (old.alert() == null && now.alert() != null) {
      all.add(new Transition.Opened(now.at(), now.alert()));
    } else if (old.alert() != null && now.alert() == null) {
      all.add(new Transition.Closed(now.at(), old.alert()));
    }
    return List.copyOf(all);
  }
}
