package dev.segue.server.sources;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The table of sources. */
final class SourceRows {

  private static final String COLUMNS =
      """
      source_id, definition, paused, paused_by, paused_at, pause_reason, version, changed_by,
        changed_at, due_at, collected_to, last\
      """;
  private static final String SELECT = "select " + COLUMNS + " from segue.metric_source";

  Optional<Source> find(DSLContext tx, String id) {
    return tx.fetchOptional(SELECT + " where source_id = ?", id).map(SourceRows::read);
  }

  Optional<Source> lock(DSLContext tx, String id) {
    return tx.fetchOptional(SELECT + " where source_id = ? for update", id).map(SourceRows::read);
  }

  Page<Source> list(DSLContext tx, PageRequest page) {
    String after = page.after() == null ? "" : page.after().part(0);
    List<Source> rows =
        tx.fetch(SELECT + " where source_id > ? order by source_id limit ?", after, page.fetch())
            .map(SourceRows::read);
    return Page.of(rows, page, source -> Cursor.of(source.id()));
  }

  /** Adds or replaces it; who is at it loses it, and it is due at once. */
  void save(
      DSLContext tx,
      String id,
      String kind,
      ObjectNode definition,
      int version,
      String by,
      Instant now) {
    tx.execute(
        """
        insert into segue.metric_source (source_id, kind, definition, version, changed_by,
          changed_at, due_at)
        values (?, ?, ?::jsonb, ?, ?, ?::timestamptz, ?::timestamptz)
        on conflict (source_id) do update set kind = excluded.kind,
          definition = excluded.definition, version = excluded.version,
          changed_by = excluded.changed_by, changed_at = excluded.changed_at,
          due_at = excluded.due_at, lease = null, lease_until = null\
        """,
        id,
        kind,
        Json.text(definition),
        version,
        by,
        now.toString(),
        now.toString());
  }

  void pause(DSLContext tx, String id, Source.@Nullable Pause pause) {
    tx.execute(
        """
        update segue.metric_source
        set paused = ?, paused_by = ?, paused_at = ?::timestamptz, pause_reason = ?
        where source_id = ?\
        """,
        pause != null,
        pause == null ? null : pause.by(),
        pause == null ? null : pause.at().toString(),
        pause == null ? "" : pause.reason(),
        id);
  }

  void delete(DSLContext tx, String id) {
    tx.execute("delete from segue.metric_source where source_id = ?", id);
  }

  /** Takes the source that is due longest, unless another server is at it. */
  Optional<Source> claimDue(DSLContext jooq, UUID lease, Instant now, Instant until) {
    return jooq.fetchOptional(
            """
            update segue.metric_source set lease = ?, lease_until = ?::timestamptz
            where source_id = (
              select source_id from segue.metric_source
              where not paused and due_at <= ?::timestamptz
                and (lease_until is null or lease_until <= ?::timestamptz)
              order by due_at limit 1 for update skip locked)
            returning\
            """
                + " "
                + COLUMNS,
            lease,
            until.toString(),
            now.toString(),
            now.toString())
        .map(SourceRows::read);
  }

  /** Takes a source, due or not; empty if somebody is at it, or if it's gone. */
  Optional<Source> claim(DSLContext jooq, String id, UUID lease, Instant now, Instant until) {
    return jooq.fetchOptional(
            """
            update segue.metric_source set lease = ?, lease_until = ?::timestamptz
            where source_id = ? and (lease_until is null or lease_until <= ?::timestamptz)
            returning\
            """
                + " "
                + COLUMNS,
            lease,
            until.toString(),
            id,
            now.toString())
        .map(SourceRows::read);
  }

  void renew(DSLContext jooq, UUID lease, Instant until) {
    jooq.execute(
        "update segue.metric_source set lease_until = ?::timestamptz where lease = ?",
        until.toString(),
        lease);
  }

  /**
   * Keeps until when all points are there, if that is later than before.
   *
   * @return false if the source was lost by now, or is gone
   */
  boolean reach(DSLContext jooq, UUID lease, Instant collectedTo) {
    return jooq.execute(
            """
            update segue.metric_source set collected_to = greatest(collected_to, ?::timestamptz)
            where lease = ?\
            """,
            collectedTo.toString(),
            lease)
        == 1;
  }

  /**
   * Gives a source back.
   *
   * @param due when it is due next; null to leave that
   * @return false if it was lost by now, or is gone
   */
  boolean finish(DSLContext jooq, UUID lease, @Nullable Instant due, ObjectNode last) {
    return jooq.execute(
            """
            update segue.metric_source
            set lease = null, lease_until = null, last = ?::jsonb,
              due_at = coalesce(?::timestamptz, due_at)
            where lease = ?\
            """,
            Json.text(last),
            due == null ? null : due.toString(),
            lease)
        == 1;
  }

  private static Source read(Record row) {
    String last = row.get(11, String.class);
    return new Source(
        row.get(0, String.class),
        (ObjectNode) Json.parse(row.get(1, String.class)),
        row.get(2, Boolean.class)
            ? new Source.Pause(
                row.get(3, String.class), row.get(4, Instant.class), row.get(5, String.class))
            : null,
        row.get(6, Integer.class),
        row.get(7, String.class),
        row.get(8, Instant.class),
        row.get(9, Instant.class),
        row.get(10, Instant.class),
        last == null ? null : (ObjectNode) Json.parse(last));
  }
}
