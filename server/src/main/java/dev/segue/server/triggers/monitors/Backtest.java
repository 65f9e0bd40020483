package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.data.metrics.SeriesFrom;
import dev.segue.server.data.metrics.Stored;
import dev.segue.server.data.metrics.StoredSeries;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Replays a monitor over stored points. Stateless but for what it read. */
final class Backtest {

  private static final int MOST_SERIES = 200;
  private static final int MOST_POINTS = 2_000_000;
  private static final int MOST_ALERTS = 1000;
  private static final int POINTS_EACH = 2000;

  private final DSLContext jooq;
  private final MetricReader metrics;
  private final Instant from;
  private final Instant to;

  Backtest(DSLContext jooq, MetricReader metrics, Instant from, Instant to) {
    this.jooq = jooq;
    this.metrics = metrics;
    this.from = from;
    this.to = to;
  }

  /**
   * An alert that would have been.
   *
   * @param closedAt null if it would still be open at the end
   * @param duration until it closed, or the end
   * @param inForce whether the rule in force had an alert at that time, too; null without one
   */
  record Firing(
      JsonNode labels,
      Instant brokenAt,
      Instant openedAt,
      @Nullable Instant closedAt,
      Duration duration,
      Instant peakAt,
      @Nullable Double peak,
      @Nullable Double expected,
      @Nullable Boolean inForce) {

    private boolean overlaps(Firing other, Instant end) {
      Instant mine = closedAt == null ? end : closedAt;
      Instant its = other.closedAt == null ? end : other.closedAt;
      return labels.equals(other.labels) && !openedAt.isAfter(its) && !other.openedAt.isAfter(mine);
    }

    private Firing besides(boolean known) {
      return new Firing(
          labels, brokenAt, openedAt, closedAt, duration, peakAt, peak, expected, known);
    }
  }

  /**
   * What came of it.
   *
   * @param points how many were replayed
   * @param added how many alerts the rule in force didn't have; null without one
   * @param missed alerts of the rule in force that this one hasn't; null without one
   */
  record Result(
      int series,
      int points,
      List<Firing> firings,
      @Nullable Integer added,
      @Nullable List<Firing> missed) {}

  Result run(MonitorSettings rule, @Nullable MonitorSettings inForce) {
    Replayed mine = replay(rule);
    if (inForce == null) {
      return new Result(mine.series, mine.points, mine.firings, null, null);
    }
    List<Firing> before = replay(inForce).firings;
    List<Firing> compared =
        mine.firings.stream()
            .map(
                firing -> firing.besides(before.stream().anyMatch(old -> old.overlaps(firing, to))))
            .toList();
    int added =
        (int) compared.stream().filter(firing -> Boolean.FALSE.equals(firing.inForce)).count();
    List<Firing> missed =
        before.stream()
            .filter(old -> compared.stream().noneMatch(firing -> firing.overlaps(old, to)))
            .toList();
    return new Result(mine.series, mine.points, compared, added, missed);
  }

  private record Replayed(int series, int points, List<Firing> firings) {}

  private Replayed replay(MonitorSettings settings) {
    WatchRule rule = settings.rule();
    List<StoredSeries> series =
        metrics.series(jooq, settings.metricName(), settings.matchers(), MOST_SERIES + 1);
    if (series.size() > MOST_SERIES) {
      throw ApiException.invalid(
          "monitor.labels",
          "More than %d series of %s have these labels. Choose fewer."
              .formatted(MOST_SERIES, settings.metricName()));
    }
    Map<SortedMap<String, String>, List<StoredSeries>> groups =
        new TreeMap<>(Comparator.comparing(GroupRows::key));
    for (StoredSeries one : series) {
      groups.computeIfAbsent(settings.group(one.key().labels()), key -> new ArrayList<>()).add(one);
    }
    int points = 0;
    List<Firing> firings = new ArrayList<>();
    for (Map.Entry<SortedMap<String, String>, List<StoredSeries>> group : groups.entrySet()) {
      Replay replay = new Replay(rule);
      points += feed(replay, group.getValue(), from.minus(rule.memory()), MOST_POINTS - points);
      JsonNode labels = Json.parse(GroupRows.key(group.getKey()));
      for (Replay.Fired fired : replay.end(to)) {
        if (fired.closedAt() == null || !fired.closedAt().isBefore(from)) {
          firings.add(firing(labels, fired));
        }
      }
      if (firings.size() > MOST_ALERTS) {
        throw ApiException.invalid(
            "monitor",
            "There would have been more than %d alerts. Make the rule stricter, or the time shorter."
                .formatted(MOST_ALERTS));
      }
    }
    firings.sort(Comparator.comparing(Firing::openedAt));
    return new Replayed(series.size(), points, List.copyOf(firings));
  }

  /** Merges a group's series by time, part by part, so that few points are in memory. */
  private int feed(Replay replay, List<StoredSeries> series, Instant begin, int most) {
    Map<Long, Instant> read = new HashMap<>();
    series.forEach(one -> read.put(one.id(), begin.minusMillis(1)));
    List<StoredSeries> left = series;
    int points = 0;
    while (!left.isEmpty()) {
      List<SeriesFrom> wanted =
          left.stream()
              .map(one -> new SeriesFrom(one.id(), read.getOrDefault(one.id(), begin)))
              .toList();
      List<Stored> part = metrics.after(jooq, wanted, POINTS_EACH);
      int[] counts = new int[left.size()];
      Instant[] last = new Instant[left.size()];
      for (Stored point : part) {
        counts[point.of()]++;
        last[point.of()] = point.at();
      }
      // Beyond the first end of a part that has more, points of that series are missing.
      Instant safe = to.minusNanos(1000);
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == POINTS_EACH && last[i].isBefore(safe)) {
          safe = last[i];
        }
      }
      List<StoredSeries> more = new ArrayList<>();
      for (Stored point : part) {
        if (!point.at().isAfter(safe)) {
          replay.point(point.at(), point.value());
          points++;
        }
      }
      for (int i = 0; i < counts.length; i++) {
        read.put(left.get(i).id(), safe);
        if (safe.isBefore(to.minusNanos(1000)) && last[i] != null) {
          more.add(left.get(i));
        }
      }
      left = more;
      if (points > most) {
        throw ApiException.invalid(
            "from",
            "These are more than %d points. Choose fewer series or less time."
                .formatted(MOST_POINTS));
      }
    }
    return points;
  }

  private Firing firing(JsonNode labels, Replay.Fired fired) {
    Alert alert = fired.alert();
    Instant end = fired.closedAt() == null ? to : fired.closedAt();
    boolean known = Double.isFinite(alert.peak());
    return new Firing(
        labels,
        alert.brokenAt(),
        alert.openedAt(),
        fired.closedAt(),
        Duration.between(alert.openedAt(), end),
        alert.peakAt(),
        known ? alert.peak() : null,
        known ? alert.expected() : null,
        null);
  }
}
