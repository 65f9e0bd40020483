package dev.segue.server.triggers.monitors;

import dev.segue.server.triggers.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** A monitor in memory: its rule and its groups. Used by one thread. */
final class Watched {

  /** A group in memory. */
  static final class Group {
    private final Watched monitor;
    private final SortedMap<String, String> labels;
    private final String key;
    private final Watch watch;
    private final List<Transition> untold = new ArrayList<>();
    private AlertState saved;

    private Group(Watched monitor, SortedMap<String, String> labels, AlertState state) {
      this.monitor = monitor;
      this.labels = labels;
      this.key = GroupRows.key(labels);
      this.watch = new Watch(monitor.rule, state);
      this.saved = state;
    }

    void point(Instant at, double value) {
      untold.addAll(watch.point(at, value));
    }

    void time(Instant now) {
      untold.addAll(watch.time(now));
    }

    Watched monitor() {
      return monitor;
    }

    SortedMap<String, String> labels() {
      return labels;
    }

    String key() {
      return key;
    }

    AlertState state() {
      return watch.state();
    }

    List<Transition> untold() {
      return untold;
    }

    /** Whether a server that takes over would have to know what isn't stored yet. */
    boolean mustBeSaved(Duration stale) {
      AlertState now = watch.state();
      return !untold.isEmpty()
          || now.phase() != saved.phase()
          || !Objects.equals(now.forming(), saved.forming())
          || !Objects.equals(now.alert(), saved.alert())
          || !Objects.equals(now.recoveredAt(), saved.recoveredAt())
          || now.at().isAfter(saved.at().plus(stale));
    }

    void wasSaved() {
      saved = watch.state();
      untold.clear();
    }
  }

  private final Trigger trigger;
  private final MonitorSettings settings;
  private final WatchRule rule;
  private final Map<String, AlertState> stored;
  private final Map<SortedMap<String, String>, Group> groups = new HashMap<>();

  Watched(Trigger trigger, Map<String, AlertState> stored) {
    this.trigger = trigger;
    this.settings = MonitorSettings.read(trigger.settings());
    this.rule = settings.rule();
    this.stored = stored;
  }

  Trigger trigger() {
    return trigger;
  }

  String id() {
    return trigger.id();
  }

  MonitorSettings settings() {
    return settings;
  }

  Iterable<Group> groups() {
    return groups.values();
  }

  /** The group of a series; a new one begins where the monitor was written, and looks not back. */
  Group groupOf(SortedMap<String, String> series) {
    return groups.computeIfAbsent(
        settings.group(series),
        labels -> {
          AlertState state = stored.remove(GroupRows.key(labels));
          return new Group(this, labels, state == null ? begin() : state);
        });
  }

  private AlertState begin() {
    AlertState start = AlertState.start();
    Instant at = trigger.changedAt();
    return new AlertState(start.phase(), at, at, null, null, null, start.quietUntil());
  }

  /** From when points must be read for a group to know what is normal. */
  Instant memoryOf(Group group) {
    return group.state().at().minus(rule.memory()).minusMillis(1);
  }
}
