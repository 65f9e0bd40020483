package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.data.metrics.StoredSeries;
import dev.segue.server.http.ApiException;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates all monitors: reads what is new, lets time go by, stores where groups stand together
 * with what follows of it. All it has in memory can be made again from the database, and is after
 * every fault. A monitor that fails is dropped until the next reload; the others go on. Used by one
 * thread at a time.
 */
final class MonitorRunner {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorRunner.class);

  /** Points are a little late; a window isn't judged before it is likely to be whole. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration STALE = Duration.ofHours(1);
  private static final int MOST_SERIES = 200_000;

  private final Database database;
  private final Triggers triggers;
  private final InstantSource clock;
  private final MetricReader metrics = new MetricReader();
  private final FeedReader points;
  private final GroupRows rows = new GroupRows();
  private final GroupStore store;
  private final Watchers monitors = new Watchers();

  /** By series. One that is here feeds all monitors that watch it. */
  private final Map<Long, List<Feed>> feeds = new HashMap<>();

  private String horizon = "0";

  MonitorRunner(Database database, Triggers triggers, AlertEffects effects, InstantSource clock) {
    this.database = database;
    this.triggers = triggers;
    this.clock = clock;
    this.points = new FeedReader(database.jooq(), metrics);
    this.store = new GroupStore(database, effects, rows);
  }

  /** Forgets all, so that the next round begins with what is stored. */
  void forget() {
    monitors.clear();
    feeds.clear();
  }

  /** Follows monitors that were added, changed and removed. */
  void reload() {
    Map<String, Trigger> there =
        triggers.ofKind(database.jooq(), Monitors.KIND).stream()
            .collect(Collectors.toMap(Trigger::id, trigger -> trigger));
    List<Watched> gone =
        monitors.all().stream()
            .filter(
                old ->
                    !there.containsKey(old.id())
                        || there.get(old.id()).version() != old.trigger().version())
            .toList();
    if (!gone.isEmpty()) {
      save();
      forget(gone);
    }
    String before = metrics.horizon(database.jooq());
    watch(there.values().stream().filter(trigger -> monitors.find(trigger.id()) == null).toList());
    horizon = monitors.all().isEmpty() || horizon.equals("0") ? before : horizon;
  }

  private void forget(Collection<Watched> gone) {
    gone.forEach(monitors::remove);
    Set<Inflow> ended = new HashSet<>();
    gone.forEach(monitor -> monitor.groups().forEach(group -> ended.add(group.inflow())));
    feeds.values().forEach(of -> of.removeIf(feed -> ended.contains(feed.into())));
  }

  /** Begins to watch; each metric's series are read once, however many monitors watch it. */
  private void watch(List<Trigger> wanted) {
    Map<String, List<Watched>> byMetric =
        wanted.stream()
            .flatMap(trigger -> load(trigger).stream())
            .collect(Collectors.groupingBy(monitor -> monitor.settings().metricName()));
    List<Feed> added = new ArrayList<>();
    byMetric.forEach((metric, some) -> added.addAll(watch(metric, some)));
    points.read(added, settled(), Instant.MAX);
  }

  private Optional<Watched> load(Trigger trigger) {
    try {
      return Optional.of(new Watched(trigger, rows.find(database.jooq(), trigger.id())));
    } catch (ApiException e) {
      LOG.error("The monitor {} can't be watched: {}", trigger.id(), e.problem().detail());
    } catch (DataAccessException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The monitor {} can't be watched", trigger.id(), e);
    }
    return Optional.empty();
  }

  private List<Feed> watch(String metric, List<Watched> fresh) {
    fresh.forEach(monitors::add);
    Set<Watched> these = Set.copyOf(fresh);
    List<StoredSeries> there = metrics.series(database.jooq(), metric, common(fresh), MOST_SERIES);
    List<Feed> added = new ArrayList<>();
    there.forEach(series -> added.addAll(feed(series, these)));
    if (there.size() < MOST_SERIES) {
      fresh.forEach(monitor -> store.endLeft(monitor, clock.instant()));
    }
    return added;
  }

  /** The labels that all of them ask for. */
  private static Map<String, String> common(List<Watched> monitors) {
    Map<String, String> common = new HashMap<>(monitors.getFirst().settings().matchers());
    monitors.forEach(
        monitor -> common.entrySet().retainAll(monitor.settings().matchers().entrySet()));
    return common;
  }

  /**
   * Feeds a series to the monitors that watch it and don't get it yet.
   *
   * @param fresh monitors that were added since the series became known, if it is known
   */
  private List<Feed> feed(StoredSeries series, Set<Watched> fresh) {
    boolean known = feeds.containsKey(series.id());
    List<Feed> added =
        monitors.of(series.key()).stream()
            .filter(monitor -> !known || fresh.contains(monitor))
            .map(monitor -> monitor.feed(series))
            .toList();
    if (!added.isEmpty()) {
      feeds.computeIfAbsent(series.id(), id -> new ArrayList<>(1)).addAll(added);
    }
    return added;
  }

  /** Reads what is new and lets time go by. */
  void round() {
    if (monitors.all().isEmpty()) {
      return;
    }
    String next = metrics.horizon(database.jooq());
    Instant settled = settled();
    points.read(changed(), settled, Instant.MAX);
    horizon = next;
    monitors.all().forEach(monitor -> monitor.groups().forEach(group -> group.time(settled)));
    save();
    drop(monitors.all().stream().filter(monitor -> monitor.fault() != null).toList());
  }

  private List<Feed> changed() {
    List<Feed> changed = new ArrayList<>();
    for (StoredSeries series : metrics.changedSince(database.jooq(), horizon, monitors.metrics())) {
      List<Feed> of = feeds.get(series.id());
      for (Feed feed : of == null ? feed(series, Set.of()) : of) {
        if (series.lastAt() != null && series.lastAt().isAfter(feed.read())) {
          changed.add(feed);
        }
      }
    }
    return changed;
  }

  private Instant settled() {
    return clock.instant().minus(GRACE);
  }

  private void save() {
    store.save(
        monitors.all().stream()
            .filter(monitor -> monitor.fault() == null)
            .flatMap(monitor -> monitor.groups().stream())
            .filter(group -> group.mustBeSaved(STALE))
            .toList());
  }

  private void drop(List<Watched> failed) {
    failed.forEach(
        monitor ->
            LOG.error(
                "The monitor {} failed, and is tried again with what is stored in a minute",
                monitor.id(),
                monitor.fault()));
    if (!failed.isEmpty()) {
      forget(failed);
    }
  }
}
