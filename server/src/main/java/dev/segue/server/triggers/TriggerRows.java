package dev.segue.server.triggers;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.runs.RunMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The table of triggers, and the switch for them all. */
final class TriggerRows {

  private static final String SELECT =
      """
      select trigger_id, kind, workflow_id, title, mode, variables, settings, origin, paused,
        paused_by, paused_at, pause_reason, version, changed_at, changed_by, mapping
      from segue.trigger
      """;

  Optional<Trigger> find(DSLContext tx, String id) {
    return tx.fetchOptional(SELECT + " where trigger_id = ?", id).map(TriggerRows::read);
  }

  Optional<Trigger> lock(DSLContext tx, String id) {
    return tx.fetchOptional(SELECT + " where trigger_id = ? for update", id).map(TriggerRows::read);
  }

  List<Trigger> ofKind(DSLContext tx, String kind) {
    return tx.fetch(SELECT + " where kind = ? order by trigger_id", kind).map(TriggerRows::read);
  }

  List<Trigger> ofPackage(DSLContext tx, String workflowId) {
    return tx.fetch(
            SELECT + " where workflow_id = ? and origin = 'package' order by trigger_id for update",
            workflowId)
        .map(TriggerRows::read);
  }

  Page<Trigger> list(
      DSLContext tx, @Nullable String kind, @Nullable String workflow, PageRequest page) {
    String after = page.after() == null ? "" : page.after().part(0);
    List<Trigger> rows =
        tx.fetch(
                SELECT
                    + """
                     where trigger_id > ? and (?::text is null or kind = ?)
                      and (?::text is null or workflow_id = ?)
                    order by trigger_id limit ?\
                    """,
                after,
                kind,
                kind,
                workflow,
                workflow,
                page.fetch())
            .map(TriggerRows::read);
    return Page.of(rows, page, trigger -> Cursor.of(trigger.id()));
  }

  /** Adds or replaces it; the pause of one that is there stays as it is. */
  void save(DSLContext tx, Trigger trigger) {
    Trigger.Pause pause = trigger.pause();
    tx.execute(
        """
        insert into segue.trigger (trigger_id, kind, workflow_id, title, mode, variables, mapping,
          settings, origin, paused, paused_by, paused_at, pause_reason, version, created_by, created_at,
          changed_by, changed_at)
        values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?::timestamptz, ?, ?, ?,
          ?::timestamptz, ?, ?::timestamptz)
        on conflict (trigger_id) do update set kind = excluded.kind,
          workflow_id = excluded.workflow_id, title = excluded.title, mode = excluded.mode,
          variables = excluded.variables, mapping = excluded.mapping,
          settings = excluded.settings, origin = excluded.origin,
          version = excluded.version, changed_by = excluded.changed_by,
          changed_at = excluded.changed_at\
        """,
        trigger.id(),
        trigger.kind(),
        trigger.workflowId(),
        trigger.title(),
        trigger.mode().label(),
        trigger.variables().toString(),
        trigger.mapping().toString(),
        trigger.settings().toString(),
        trigger.origin().label(),
        pause != null,
        pause == null ? null : pause.by(),
        pause == null ? null : pause.at().toString(),
        pause == null ? "" : pause.reason(),
        trigger.version(),
        trigger.changedBy(),
        trigger.changedAt().toString(),
        trigger.changedBy(),
        trigger.changedAt().toString());
  }

  void pause(DSLContext tx, String id, Trigger.@Nullable Pause pause) {
    tx.execute(
        """
        update segue.trigger
        set paused = ?, paused_by = ?, paused_at = ?::timestamptz, pause_reason = ?
        where trigger_id = ?\
        """,
        pause != null,
        pause == null ? null : pause.by(),
        pause == null ? null : pause.at().toString(),
        pause == null ? "" : pause.reason(),
        id);
  }

  void delete(DSLContext tx, String id) {
    tx.execute("delete from segue.trigger where trigger_id = ?", id);
  }

  /** Who paused all triggers; null if nobody did. */
  Trigger.@Nullable Pause pauseOfAll(DSLContext tx) {
    return tx.fetchOptional(
            "select changed_by, changed_at, reason from segue.trigger_switch where paused")
        .map(
            row ->
                new Trigger.Pause(
                    row.get(0, String.class), row.get(1, Instant.class), row.get(2, String.class)))
        .orElse(null);
  }

  /**
   * Pauses or resumes all triggers.
   *
   * @return false if they are so already
   */
  boolean pauseAll(DSLContext tx, boolean paused, Trigger.Pause change) {
    return tx.execute(
            """
            update segue.trigger_switch
            set paused = ?, changed_by = ?, changed_at = ?::timestamptz, reason = ?
            where paused <> ?\
            """,
            paused,
            change.by(),
            change.at().toString(),
            change.reason(),
            paused)
        == 1;
  }

  private static Trigger read(Record row) {
    return new Trigger(
        row.get(0, String.class),
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, String.class),
        RunMode.of(row.get(4, String.class)),
        (ObjectNode) Json.parse(row.get(5, String.class)),
        (ObjectNode) Json.parse(row.get(15, String.class)),
        (ObjectNode) Json.parse(row.get(6, String.class)),
        Trigger.Origin.valueOf(row.get(7, String.class).toUpperCase(Locale.ROOT)),
        row.get(8, Boolean.class)
            ? new Trigger.Pause(
                row.get(9, String.class), row.get(10, Instant.class), row.get(11, String.class))
            : null,
        row.get(12, Integer.class),
        row.get(13, Instant.class),
        row.get(14, String.class));
  }
}
