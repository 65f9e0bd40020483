package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.StoredSeries;
import dev.segue.server.triggers.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A monitor in memory: its rule and its groups. Used by one thread. */
final class Watched {

  /** A group in memory. */
  static final class Group {
    private final Watched monitor;
    private final Subject subject;
    private final String key;
    private final Watch watch;
    private final Inflow inflow;
    private final List<Transition> untold = new ArrayList<>();
    private final boolean restored;
    private AlertState saved;

    private Group(Watched monitor, SortedMap<String, String> labels, @Nullable AlertState stored) {
      this.monitor = monitor;
      this.subject = new Subject(monitor.trigger, monitor.settings, labels);
      this.key = subject.key();
      this.restored = stored != null;
      this.saved = stored == null ? monitor.begin() : stored;
      this.watch = new Watch(monitor.rule, monitor.resumed(saved));
      this.inflow = new Inflow(this::point, !monitor.rule.every().isZero());
    }

    private void point(Instant at, double value) {
      advance(() -> watch.point(at, value));
    }

    /**
     * Lets time go by.
     *
     * @param settled up to when points are hardly expected any more
     */
    void time(Instant settled) {
      inflow.handOn(Instant.MAX, settled);
      advance(() -> watch.time(settled));
    }

    /** A rule that fails has nothing to say from then on, and keeps no other from being judged. */
    private void advance(Supplier<List<Transition>> step) {
      if (monitor.fault == null) {
        try {
          untold.addAll(step.get());
        } catch (RuntimeException e) {
          monitor.failed(e);
        }
      }
    }

    /** Reads a series from where it is of use. */
    private Feed feed(StoredSeries series) {
      Instant from = state().at().minus(monitor.memory).minusMillis(1);
      if (restored && series.lastAt() != null && !series.lastAt().isAfter(from)) {
        watch.heard(series.lastAt());
      }
      return new Feed(series.id(), inflow, from);
    }

    Watched monitor() {
      return monitor;
    }

    Inflow inflow() {
      return inflow;
    }

    Subject subject() {
      return subject;
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
  private final Duration memory;
  private final Map<String, AlertState> stored;
  private final Map<SortedMap<String, String>, Group> groups = new HashMap<>();
  private @Nullable RuntimeException fault;

  /**
   * Goes on from what is stored.
   *
   * @param stored where groups stand, by their key
   * @throws dev.segue.server.http.ApiException if the trigger's settings make no sense any more
   */
  Watched(Trigger trigger, Map<String, AlertState> stored) {
    this.trigger = trigger;
    this.settings = MonitorSettings.read(trigger.settings());
    this.rule = settings.rule();
    this.memory = rule.memory();
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

  Collection<Group> groups() {
    return groups.values();
  }

  /** Makes it judge nothing more; the first reason counts. */
  void failed(RuntimeException reason) {
    fault = fault == null ? reason : fault;
  }

  /** Why it judges nothing more; null while it does. */
  @Nullable RuntimeException fault() {
    return fault;
  }

  /** Feeds a series to its group; a new group begins where the monitor was written. */
  Feed feed(StoredSeries series) {
    return groups
        .computeIfAbsent(
            settings.group(series.key().labels()),
            labels -> new Group(this, labels, stored.remove(GroupRows.key(labels))))
        .feed(series);
  }

  /** Where groups stood that have no series any more; who takes care of one removes it here. */
  Map<String, AlertState> left() {
    return stored;
  }

  /**
   * Where a group goes on. The rule looks at points since it was written: an alert that was open
   * stays open until it says otherwise, and what was on its way to one begins anew.
   */
  private AlertState resumed(AlertState state) {
    Instant written = trigger.changedAt();
    if (!state.at().isBefore(written)) {
      return state;
    }
    AlertPhase phase = state.alert() == null ? AlertPhase.NORMAL : AlertPhase.ALERTING;
    Instant since = phase == state.phase() ? state.since() : written;
    return new AlertState(phase, since, written, null, null, state.alert(), state.quietUntil());
  }

  private AlertState begin() {
    AlertState start = AlertState.start();
    Instant at = trigger.changedAt();
    return new AlertState(start.phase(), at, at, null, null, null, start.quietUntil());
  }
}
