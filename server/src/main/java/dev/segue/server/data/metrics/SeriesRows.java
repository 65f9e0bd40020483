package dev.segue.server.data.metrics;

import dev.segue.server.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/** The table of series. Ids never change and are never used again, so they are remembered. */
final class SeriesRows {

  private static final int REMEMBERED = 500_000;

  private final Map<SeriesKey, Long> ids = new ConcurrentHashMap<>();
  private final MetricLimits limits;

  SeriesRows(MetricLimits limits) {
    this.limits = limits;
  }

  /**
   * The ids of series, new ones added.
   *
   * @return without those that would be more than a metric may have
   */
  Map<SeriesKey, Long> resolve(DSLContext jooq, Set<SeriesKey> wanted) {
    Map<SeriesKey, Long> found = new HashMap<>();
    List<SeriesKey> unknown = new ArrayList<>();
    for (SeriesKey key : wanted) {
      Long id = ids.get(key);
      if (id == null) {
        unknown.add(key);
      } else {
        found.put(key, id);
      }
    }
    if (!unknown.isEmpty()) {
      Map<SeriesKey, Long> stored = find(jooq, unknown);
      Set<SeriesKey> added = new LinkedHashSet<>(unknown);
      added.removeAll(stored.keySet());
      List<SeriesKey> admitted = admitted(jooq, added);
      insert(jooq, admitted);
      stored.putAll(find(jooq, admitted));
      found.putAll(stored);
      remember(stored);
    }
    return found;
  }

  private void remember(Map<SeriesKey, Long> stored) {
    if (ids.size() > REMEMBERED) {
      ids.clear();
    }
    ids.putAll(stored);
  }

  private Map<SeriesKey, Long> find(DSLContext jooq, Collection<SeriesKey> keys) {
    Map<SeriesKey, Long> found = new HashMap<>();
    jooq.fetch(
            """
            select s.series_id, s.metric, s.labels
            from unnest(?::text[], ?::text[]) as n (metric, labels)
            join data.metric_series s on s.metric = n.metric and s.labels = n.labels::jsonb\
            """,
            metrics(keys),
            labels(keys))
        .forEach(
            row ->
                found.put(
                    new SeriesKey(row.get(1, String.class), labels(row.get(2, String.class))),
                    row.get(0, Long.class)));
    return found;
  }

  /** A sender that puts a time or an id into a label must not fill the table. */
  private List<SeriesKey> admitted(DSLContext jooq, Collection<SeriesKey> added) {
    Map<String, Integer> room = new HashMap<>();
    List<SeriesKey> admitted = new ArrayList<>();
    for (SeriesKey key : added) {
      int left =
          room.computeIfAbsent(
              key.metric(),
              metric ->
                  limits.series()
                      - jooq.fetchSingle(
                              "select count(*) from data.metric_series where metric = ?", metric)
                          .get(0, Integer.class));
      if (left > 0) {
        room.put(key.metric(), left - 1);
        admitted.add(key);
      }
    }
    return admitted;
  }

  private static void insert(DSLContext jooq, Collection<SeriesKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    jooq.execute(
        "insert into data.metric (metric) select distinct n from unnest(?::text[]) as n order by n"
            + " on conflict do nothing",
        (Object) metrics(keys));
    jooq.execute(
        """
        insert into data.metric_series (metric, labels)
        select n.metric, n.labels::jsonb from unnest(?::text[], ?::text[]) as n (metric, labels)
        order by n.metric, n.labels
        on conflict (metric, labels) do nothing\
        """,
        metrics(keys),
        labels(keys));
  }

  private static String[] metrics(Collection<SeriesKey> keys) {
    return keys.stream().map(SeriesKey::metric).toArray(String[]::new);
  }

  private static String[] labels(Collection<SeriesKey> keys) {
    return keys.stream().map(key -> text(key.labels())).toArray(String[]::new);
  }

  /** As it is stored. */
  static String text(Map<String, String> labels) {
    ObjectNode object = Json.object();
    labels.forEach(object::put);
    return Json.text(object);
  }

  /** As they are known. */
  static SortedMap<String, String> labels(String stored) {
    SortedMap<String, String> labels = new TreeMap<>();
    Json.parse(stored)
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
    return labels;
  }
}
