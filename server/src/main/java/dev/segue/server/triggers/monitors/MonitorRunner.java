package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.data.metrics.SeriesFrom;
import dev.segue.server.data.metrics.Stored;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates all monitors: reads what is new, lets time go by, stores where groups stand together
 * with what follows of it. All it has in memory can be made again from the database, and is after
 * every fault. Used by one thread at a time.
 */
final class MonitorRunner {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorRunner.class);

  /** Points are a little late; a window isn't judged before it is likely to be whole. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration STALE = Duration.ofHours(1);
  private static final int SERIES_AT_ONCE = 1000;
  private static final int POINTS_EACH = 500;
  private static final int GROUPS_AT_ONCE = 500;
  private static final int MOST_SERIES = 200_000;

  /** A series that a group reads, and up to where it has. */
  private static final class Feed {
    private final long series;
    private final Watched.Group group;
    private Instant read;

    Feed(long series, Watched.Group group, Instant read) {
      this.series = series;
      this.group = group;
      this.read = read;
    }
  }

  private final Database database;
  private final Triggers triggers;
  private final AlertEffects effects;
  private final InstantSource clock;
  private final MetricReader metrics = new MetricReader();
  private final GroupRows rows = new GroupRows();
  private final Watchers monitors = new Watchers();

  /** By series. One that is here feeds all monitors that watch it. */
  private final Map<Long, List<Feed>> feeds = new HashMap<>();

  private String horizon = "0";

  MonitorRunner(Database database, Triggers triggers, AlertEffects effects, InstantSource clock) {
    this.database = database;
    this.triggers = triggers;
    this.effects = effects;
    this.clock = clock;
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
    Set<Watched> monitorsGone = Set.copyOf(gone);
    feeds.values().forEach(of -> of.removeIf(feed -> monitorsGone.contains(feed.group.monitor())));
  }

  /** Begins to watch; each metric's series are read once, however many monitors watch it. */
  private void watch(List<Trigger> wanted) {
    Map<String, List<Watched>> byMetric =
        wanted.stream()
            .flatMap(trigger -> load(trigger).stream())
            .collect(Collectors.groupingBy(monitor -> monitor.settings().metricName()));
    List<Feed> added = new ArrayList<>();
    byMetric.forEach(
        (metric, some) -> {
          some.forEach(monitors::add);
          Set<Watched> fresh = Set.copyOf(some);
          for (StoredSeries series :
              metrics.series(database.jooq(), metric, common(some), MOST_SERIES)) {
            added.addAll(feed(series, fresh));
          }
        });
    read(added);
  }

  private Optional<Watched> load(Trigger trigger) {
    try {
      return Optional.of(new Watched(trigger, rows.find(database.jooq(), trigger.id())));
    } catch (ApiException e) {
      LOG.error("The monitor {} can't be watched: {}", trigger.id(), e.problem().detail());
      return Optional.empty();
    }
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
            .map(monitor -> feed(series, monitor))
            .toList();
    if (!added.isEmpty()) {
      feeds.computeIfAbsent(series.id(), id -> new ArrayList<>(1)).addAll(added);
    }
    return added;
  }

  private static Feed feed(StoredSeries series, Watched monitor) {
    Watched.Group group = monitor.groupOf(series.key().labels());
    return new Feed(series.id(), group, monitor.memoryOf(group));
  }

  /** Reads what is new and lets time go by. */
  void round() {
    if (monitors.all().isEmpty()) {
      return;
    }
    String next = metrics.horizon(database.jooq());
    List<Feed> changed = new ArrayList<>();
    for (StoredSeries series : metrics.changedSince(database.jooq(), horizon, monitors.metrics())) {
      List<Feed> of = feeds.get(series.id());
      (of == null ? feed(series, Set.of()) : of)
          .stream()
              .filter(feed -> series.lastAt() != null && series.lastAt().isAfter(feed.read))
              .forEach(changed::add);
    }
    read(changed);
    horizon = next;
    Instant now = clock.instant().minus(GRACE);
    monitors.all().forEach(watched -> watched.groups().forEach(group -> group.time(now)));
    save();
  }

  private void read(List<Feed> wanted) {
    for (int i = 0; i < wanted.size(); i += SERIES_AT_ONCE) {
      List<Feed> some = wanted.subList(i, Math.min(wanted.size(), i + SERIES_AT_ONCE));
      while (!some.isEmpty()) {
        some = readOnce(some);
      }
    }
  }

  /** Those that have more. */
  private List<Feed> readOnce(List<Feed> some) {
    int[] counts = new int[some.size()];
    List<SeriesFrom> wanted =
        some.stream().map(feed -> new SeriesFrom(feed.series, feed.read)).toList();
    for (Stored point : metrics.after(database.jooq(), wanted, POINTS_EACH)) {
      Feed feed = some.get(point.of());
      feed.group.point(point.at(), point.value());
      feed.read = point.at();
      counts[point.of()]++;
    }
    List<Feed> more = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == POINTS_EACH) {
        more.add(some.get(i));
      }
    }
    return more;
  }

  /** Stores groups that changed, each with what follows of it in one transaction. */
  private void save() {
    List<Watched.Group> changed = new ArrayList<>();
    for (Watched watched : monitors.all()) {
      for (Watched.Group group : watched.groups()) {
        if (group.mustBeSaved(STALE)) {
          changed.add(group);
        }
      }
    }
    for (int i = 0; i < changed.size(); i += GROUPS_AT_ONCE) {
      List<Watched.Group> some = changed.subList(i, Math.min(changed.size(), i + GROUPS_AT_ONCE));
      database.inTransaction(
          tx -> {
            rows.save(
                tx,
                some.stream()
                    .map(
                        group ->
                            new GroupRows.Row(
                                group.monitor().trigger().id(), group.key(), group.state()))
                    .toList());
            effects.apply(tx, some);
          });
      some.forEach(Watched.Group::wasSaved);
    }
  }
}
