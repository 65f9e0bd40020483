package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.data.metrics.SeriesFrom;
import dev.segue.server.data.metrics.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * Reads the points of feeds and hands them on to their groups: those of a group in the order of
 * their time, however many series it has and however far behind each of them is. Stateless.
 */
final class FeedReader {

  private static final int SERIES_AT_ONCE = 1000;
  private static final int POINTS_EACH = 500;
  private static final int POINTS_AT_ONCE = SERIES_AT_ONCE * POINTS_EACH;

  private final DSLContext jooq;
  private final MetricReader metrics;

  FeedReader(DSLContext jooq, MetricReader metrics) {
    this.jooq = jooq;
    this.metrics = metrics;
  }

  /**
   * Reads all that is new to them.
   *
   * @param settled up to when points are hardly expected any more; patient groups get none later
   * @param end later points are not wanted
   */
  void read(Collection<Feed> wanted, Instant settled, Instant end) {
    for (List<Feed> part : parts(wanted)) {
      int each = Math.clamp(POINTS_AT_ONCE / part.size(), 1, POINTS_EACH);
      List<Feed> next = part;
      while (!next.isEmpty()) {
        readOnce(next, each, end);
        handOn(part, settled);
        next = part.stream().filter(feed -> isBehind(feed, each, settled)).toList();
      }
    }
  }

  /** A group is never divided: none of its points is handed on before its other series are read. */
  private static List<List<Feed>> parts(Collection<Feed> wanted) {
    Map<Inflow, List<Feed>> groups =
        wanted.stream()
            .collect(Collectors.groupingBy(Feed::into, LinkedHashMap::new, Collectors.toList()));
    List<List<Feed>> parts = new ArrayList<>();
    List<Feed> part = new ArrayList<>();
    for (List<Feed> group : groups.values()) {
      if (!part.isEmpty() && part.size() + group.size() > SERIES_AT_ONCE) {
        parts.add(part);
        part = new ArrayList<>();
      }
      part.addAll(group);
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  private void readOnce(List<Feed> feeds, int each, Instant end) {
    int[] counts = new int[feeds.size()];
    List<SeriesFrom> wanted =
        feeds.stream().map(feed -> new SeriesFrom(feed.series(), feed.read())).toList();
    for (Stored point : metrics.after(jooq, wanted, each)) {
      feeds.get(point.of()).take(point.at(), point.value());
      counts[point.of()]++;
    }
    for (int i = 0; i < counts.length; i++) {
      Feed feed = feeds.get(i);
      feed.hasMore(counts[i] == each && feed.read().isBefore(end));
    }
  }

  /** Hands on up to where all series of a group were read. */
  private static void handOn(List<Feed> feeds, Instant settled) {
    Map<Inflow, Instant> read = new HashMap<>();
    for (Feed feed : feeds) {
      Instant until = feed.hasMore() ? feed.read() : Instant.MAX;
      read.merge(feed.into(), until, (one, other) -> one.isBefore(other) ? one : other);
    }
    read.forEach((group, until) -> group.handOn(until, settled));
  }

  /** One that is ahead of its siblings waits for them, so that few points are in memory. */
  private static boolean isBehind(Feed feed, int each, Instant settled) {
    return feed.hasMore() && (feed.waiting() < each || feed.read().isAfter(settled));
  }
}
