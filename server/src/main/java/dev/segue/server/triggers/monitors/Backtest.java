package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.data.metrics.StoredSeries;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** After so many points others have their turn, and the time is looked at. */
  private static final int BREATH = 100;

  private final DSLContext jooq;
  private final MetricReader metrics;
  private final FeedReader points;
  private final Instant from;
  private final Instant to;
  private final Duration patience;
  private final long begun = System.nanoTime();

  /**
   * Begins.
   *
   * @param patience the longest that it may take
   */
  Backtest(DSLContext jooq, MetricReader metrics, Instant from, Instant to, Duration patience) {
    this.jooq = jooq;
    this.metrics = metrics;
    this.points = new FeedReader(jooq, metrics);
    this.from = from;
    this.to = to;
    this.patience = patience;
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
    Spent spent = new Spent();
    List<Firing> firings = new ArrayList<>();
    for (Map.Entry<SortedMap<String, String>, List<StoredSeries>> group : groups.entrySet()) {
      Replay replay = new Replay(rule);
      feed(replay, group.getValue(), from.minus(rule.memory()).minusMillis(1), spent);
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
    return new Replayed(series.size(), spent.points, List.copyOf(firings));
  }

  private void feed(Replay replay, List<StoredSeries> series, Instant begin, Spent spent) {
    Inflow inflow =
        new Inflow(
            (at, value) -> {
              spent.point();
              replay.point(at, value);
            },
            true);
    Instant last = to.minusNanos(1000);
    points.read(series.stream().map(one -> new Feed(one.id(), inflow, begin)).toList(), last, last);
  }

  /** What a replay has cost so far. */
  private final class Spent {
    private int points;

    void point() {
      points++;
      if (points > MOST_POINTS) {
        throw ApiException.invalid(
            "from",
            "These are more than %d points. Choose fewer series or less time."
                .formatted(MOST_POINTS));
      }
      if (points % BREATH == 0) {
        if (System.nanoTime() - begun > patience.toNanos()) {
          throw ApiException.invalid(
              "from",
              "This takes longer than %d s. Choose fewer series, less time, or a shorter window."
                  .formatted(patience.toSeconds()));
        }
        Thread.yield();
      }
    }
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
