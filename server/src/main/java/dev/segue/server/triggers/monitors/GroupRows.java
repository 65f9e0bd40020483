package dev.segue.server.triggers.monitors;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of where groups stand. */
final class GroupRows {

  /** A group and where it stands. */
  record Row(String triggerId, String key, AlertState state) {}

  /** A group as the API shows it. */
  record Shown(
      JsonNode labels,
      String phase,
      Instant since,
      Instant evaluatedAt,
      @Nullable JsonNode alert) {}

  /** By which a group is known: its labels in order. */
  static String key(SortedMap<String, String> labels) {
    ObjectNode object = Json.object();
    labels.forEach(object::put);
    return Json.text(object);
  }

  void save(DSLContext tx, Collection<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    tx.execute(
        """
        insert into segue.monitor_group
          (trigger_id, group_key, labels, phase, since, evaluated_at, state)
        select t, k, k::jsonb, p, s::timestamptz, e::timestamptz, j::jsonb
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          as n (t, k, p, s, e, j)
        where exists (select 1 from segue.trigger where trigger_id = t)
        order by 1, 2
        on conflict (trigger_id, group_key) do update set phase = excluded.phase,
          since = excluded.since, evaluated_at = excluded.evaluated_at, state = excluded.state\
        """,
        rows.stream().map(Row::triggerId).toArray(String[]::new),
        rows.stream().map(Row::key).toArray(String[]::new),
        rows.stream().map(row -> row.state().phase().label()).toArray(String[]::new),
        rows.stream().map(row -> row.state().since().toString()).toArray(String[]::new),
        rows.stream().map(row -> row.state().at().toString()).toArray(String[]::new),
        rows.stream().map(row -> Json.text(row.state())).toArray(String[]::new));
  }

  /** All groups of a monitor by their key. */
  Map<String, AlertState> find(DSLContext tx, String triggerId) {
    Map<String, AlertState> all = new HashMap<>();
    tx.fetch("select group_key, state from segue.monitor_group where trigger_id = ?", triggerId)
        .forEach(
            row ->
                all.put(
                    row.get(0, String.class),
                    Json.mapper().readValue(row.get(1, String.class), AlertState.class)));
    return all;
  }

  /** The open alerts of a monitor by the key of their group. */
  Map<String, Alert> alerts(DSLContext tx, String triggerId) {
    Map<String, Alert> all = new HashMap<>();
    tx.fetch(
            """
            select group_key, state -> 'alert' from segue.monitor_group
            where trigger_id = ? and jsonb_typeof(state -> 'alert') = 'object'\
            """,
            triggerId)
        .forEach(
            row ->
                all.put(
                    row.get(0, String.class),
                    Json.mapper().readValue(row.get(1, String.class), Alert.class)));
    return all;
  }

  void delete(DSLContext tx, String triggerId, Collection<String> keys) {
    tx.execute(
        "delete from segue.monitor_group where trigger_id = ? and group_key = any(?::text[])",
        triggerId,
        keys.toArray(String[]::new));
  }

  void deleteAll(DSLContext tx, String triggerId) {
    tx.execute("delete from segue.monitor_group where trigger_id = ?", triggerId);
    tx.execute("delete from segue.monitor_silence where trigger_id = ?", triggerId);
  }

  Page<Shown> list(
      DSLContext tx,
      String triggerId,
      @Nullable String phase,
      @Nullable Set<String> sites,
      PageRequest page) {
    String after = page.after() == null ? "" : page.after().part(0);
    String[] seen = sites == null ? null : sites.toArray(String[]::new);
    List<Record> rows =
        List.copyOf(
            tx.fetch(
                """
                select group_key, phase, since, evaluated_at, state -> 'alert'
                from segue.monitor_group
                where trigger_id = ? and group_key > ? and (?::text is null or phase = ?)
                  and (?::text[] is null or not jsonb_exists(labels, 'site') or labels ->> 'site' = any(?::text[]))
                order by group_key limit ?\
                """,
                triggerId,
                after,
                phase,
                phase,
                seen,
                seen,
                page.fetch()));
    return Page.of(rows, page, row -> Cursor.of(row.get(0, String.class)))
        .map(
            row -> {
              String alert = row.get(4, String.class);
              return new Shown(
                  Json.parse(row.get(0, String.class)),
                  row.get(1, String.class),
                  row.get(2, Instant.class),
                  row.get(3, Instant.class),
                  alert == null || alert.equals("null") ? null : Json.parse(alert));
            });
  }

  /** How many groups of each of these monitors stand where. */
  Map<String, Map<String, Integer>> counts(DSLContext tx, Collection<String> triggerIds) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    tx.fetch(
            """
            select trigger_id, phase, count(*) from segue.monitor_group
            where trigger_id = any(?::text[]) group by trigger_id, phase\
            """,
            (Object) triggerIds.toArray(String[]::new))
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.get(0, String.class), id -> new HashMap<>())
                    .put(row.get(1, String.class), row.get(2, Integer.class)));
    return counts;
  }
}
