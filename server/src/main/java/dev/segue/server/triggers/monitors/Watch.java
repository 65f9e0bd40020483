package dev.segue.server.triggers.monitors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one group: takes its points as they come and says what changes. The same whether points
 * come from the present or from the past. Not thread-safe.
 */
public final class Watch {

  private record Point(Instant at, double value) {}

  private final WatchRule rule;
  private final AlertMachine machine;
  private final Condition.Judge judge;
  private final Deque<Point> window = new ArrayDeque<>();
  private AlertState state;
  private @Nullable Instant last;
  private @Nullable Instant due;
  private boolean missing;

  /**
   * Goes on from a state.
   *
   * @param state {@link AlertState#start()} for a new group
   */
  public Watch(WatchRule rule, AlertState state) {
    this.rule = rule;
    this.machine = new AlertMachine(rule.alerts());
    this.judge = rule.condition().judge();
    this.state = state;
  }

  /** Where the group stands. */
  public AlertState state() {
    return state;
  }

  /**
   * Takes a point. Points up to the state's last evaluation teach what is normal and change nothing
   * else. A point that is older than one before it counts where a later window holds it.
   *
   * @param value finite
   */
  public List<Transition> point(Instant at, double value) {
    if (last != null && at.isBefore(last)) {
      remember(at, value);
      return List.of();
    }
    List<Transition> changes = new ArrayList<>();
    advance(at, false, changes);
    if (due == null && !rule.every().isZero()) {
      due = nextBoundary(at);
    }
    last = at;
    missing = false;
    window.addLast(new Point(at, value));
    if (rule.every().isZero()) {
      judge(at, changes);
    }
    return changes;
  }

  /**
   * Says that there was a point which will not come again.
   *
   * @param at earlier than all points to come
   */
  void heard(Instant at) {
    if (last == null || at.isAfter(last)) {
      last = at;
    }
  }

  /** Several series of a group never come in step. */
  private void remember(Instant at, double value) {
    if (rule.window().isZero()) {
      return;
    }
    Deque<Point> later = new ArrayDeque<>();
    while (!window.isEmpty() && window.getLast().at().isAfter(at)) {
      later.addFirst(window.removeLast());
    }
    window.addLast(new Point(at, value));
    window.addAll(later);
  }

  /**
   * Lets time go by.
   *
   * @param now later points than this are not expected yet
   */
  public List<Transition> time(Instant now) {
    List<Transition> changes = new ArrayList<>();
    advance(now, true, changes);
    return changes;
  }

  /** The value could not be found out. */
  public List<Transition> failed(Instant now, String reason) {
    List<Transition> changes = new ArrayList<>();
    apply(new Observation.Failed(now, reason), changes);
    return changes;
  }

  /**
   * Does, in order, all that falls due without a point: judging at the end of windows, what time
   * alone moves, and saying that there is no data. So it doesn't matter how often time is looked
   * at.
   */
  private void advance(Instant now, boolean inclusive, List<Transition> changes) {
    while (true) {
      Instant judged = due;
      Instant moved = machine.deadline(state).orElse(null);
      Instant silent = last == null || missing ? null : last.plus(rule.alerts().silent());
      Instant next = earliest(judged, earliest(moved, silent));
      if (next == null
          || next.isAfter(now)
          || !inclusive && next.equals(now) && !next.equals(judged)) {
        return;
      }
      Instant at = next.isBefore(state.at()) ? state.at() : next;
      if (next.equals(judged)) {
        judge(next, changes);
        due = window.isEmpty() ? null : next.plus(rule.every());
      } else if (next.equals(silent)) {
        missing = true;
        apply(new Observation.Missing(at), changes);
      } else {
        apply(new Observation.Waited(at), changes);
      }
    }
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private void judge(Instant at, List<Transition> changes) {
    Duration length = rule.window();
    Instant from = at.minus(length);
    while (!window.isEmpty() && dropped(window.getFirst().at(), from, at)) {
      window.removeFirst();
    }
    double[] values = window.stream().mapToDouble(Point::value).toArray();
    if (values.length == 0) {
      return;
    }
    Reading reading = judge.read(at, rule.aggregation().of(values));
    apply(new Observation.Measured(at, reading), changes);
  }

  /** A window is open at its start where it ends with a point, and at its end where not. */
  private boolean dropped(Instant point, Instant from, Instant at) {
    if (rule.every().isZero()) {
      return rule.window().isZero() ? point.isBefore(at) : !point.isAfter(from);
    }
    return point.isBefore(from);
  }

  private Instant nextBoundary(Instant at) {
    long every = rule.every().toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(at.toEpochMilli(), every) + 1) * every);
  }

  private void apply(Observation seen, List<Transition> changes) {
    AlertMachine.Step step = machine.step(state, seen);
    state = step.state();
    changes.addAll(step.transitions());
  }
}
