package dev.segue.server.triggers.monitors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule would have done over points of the past. Not thread-safe. */
public final class Replay {

  /**
   * An alert that would have been.
   *
   * @param closedAt null if it would still be open
   */
  public record Fired(Alert alert, @Nullable Instant closedAt) {}

  private final Watch watch;
  private final List<Fired> fired = new ArrayList<>();

  /** Begins with a group that nothing is known of. */
  public Replay(WatchRule rule) {
    this.watch = new Watch(rule, AlertState.start());
  }

  /** Takes the next point. */
  public void point(Instant at, double value) {
    note(watch.point(at, value));
  }

  /**
   * Ends the replay.
   *
   * @param until how far time went on after the last point
   * @return the alerts in order
   */
  public List<Fired> end(Instant until) {
    note(watch.time(until));
    List<Fired> all = new ArrayList<>(fired);
    Alert open = watch.state().alert();
    if (open != null) {
      all.add(new Fired(open, null));
    }
    return List.copyOf(all);
  }

  private void note(List<Transition> changes) {
    for (Transition change : changes) {
      if (change instanceof Transition.Closed(Instant at, Alert alert)) {
        fired.add(new Fired(alert, at));
      }
    }
  }
}
