package dev.segue.server.triggers;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The table of firings. */
final class FiringRows {

  /** A firing that waits for its turn. */
  record Queued(
      long firingId,
      String triggerId,
      @Nullable String siteId,
      String key,
      Instant dueAt,
      UUID startId,
      ObjectNode variables,
      @Nullable String businessKey) {}

  /**
   * A firing as the API shows it.
   *
   * @param key tells it apart from the trigger's others
   * @param run the run that it started; null if it started none
   */
  record Shown(
      String trigger,
      String workflow,
      @Nullable String site,
      String key,
      Instant dueAt,
      Instant decidedAt,
      String outcome,
      @Nullable String reason,
      @Nullable UUID run) {}

  /**
   * Writes those that are new.
   *
   * @param prepared of different start ids
   * @return what became of each by start id: now, or before
   */
  Map<UUID, Decided> insert(
      DSLContext tx, Collection<TriggerStarts.Prepared> prepared, Instant now) {
    Map<UUID, Decided> decided = new HashMap<>();
    if (prepared.isEmpty()) {
      return decided;
    }
    tx.fetch(
            """
            insert into segue.trigger_firing (trigger_id, site_id, firing_key, workflow_id, due_at,
              decided_at, outcome, reason, start_id, variables, business_key)
            select n.trigger, n.site, n.key, n.workflow, n.due::timestamptz, ?::timestamptz,
              n.outcome, n.reason, n.start, n.variables::jsonb, n.business_key
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::uuid[], ?::text[], ?::text[])
              as n (trigger, site, key, workflow, due, outcome, reason, start, variables,
                business_key)
            order by n.trigger, n.site, n.key
            on conflict (trigger_id, site_id, firing_key) do nothing
            returning start_id\
            """,
            now.toString(),
            texts(prepared, one -> one.firing().trigger().id()),
            texts(prepared, one -> one.firing().siteId()),
            texts(prepared, one -> one.firing().key()),
            texts(prepared, one -> one.firing().trigger().workflowId()),
            texts(prepared, one -> one.firing().dueAt().toString()),
            texts(prepared, one -> one.outcome().label()),
            texts(prepared, TriggerStarts.Prepared::reason),
            prepared.stream().map(one -> one.firing().startId()).toArray(UUID[]::new),
            texts(prepared, FiringRows::kept),
            texts(prepared, one -> one.firing().businessKey()))
        .forEach(
            row -> {
              UUID id = row.get(0, UUID.class);
              decided.put(id, new Decided(Decided.Outcome.STARTED, "", id, false));
            });
    for (TriggerStarts.Prepared one : prepared) {
      UUID id = one.firing().startId();
      decided.computeIfPresent(
          id, (key, written) -> new Decided(one.outcome(), one.reason(), id, false));
      decided.computeIfAbsent(id, key -> before(tx, one.firing()));
    }
    return decided;
  }

  /** What a queued run begins with must be known when it is started. */
  private static @Nullable String kept(TriggerStarts.Prepared one) {
    return one.outcome() == Decided.Outcome.QUEUED ? Json.text(one.firing().variables()) : null;
  }

  private static Decided before(DSLContext tx, Firing firing) {
    Record row =
        tx.fetchSingle(
            """
            select outcome, reason, start_id from segue.trigger_firing
            where trigger_id = ? and site_id is not distinct from ? and firing_key = ?\
            """,
            firing.trigger().id(),
            firing.siteId(),
            firing.key());
    return new Decided(
        Decided.Outcome.of(row.get(0, String.class)),
        row.get(1, String.class),
        row.get(2, UUID.class),
        true);
  }

  /** The firing, locked until the transaction's end, if it is queued. */
  Optional<Queued> lockQueued(DSLContext tx, long firingId) {
    return tx.fetchOptional(
            """
            select firing_id, trigger_id, site_id, firing_key, due_at, start_id, variables,
              business_key
            from segue.trigger_firing where firing_id = ? and outcome = 'queued' for update\
            """,
            firingId)
        .map(
            row ->
                new Queued(
                    row.get(0, Long.class),
                    row.get(1, String.class),
                    row.get(2, String.class),
                    row.get(3, String.class),
                    row.get(4, Instant.class),
                    row.get(5, UUID.class),
                    (ObjectNode) Json.parse(row.get(6, String.class)),
                    row.get(7, String.class)));
  }

  /** Says what became of a queued one. */
  void settle(DSLContext tx, long firingId, Decided.Outcome outcome, String reason, Instant now) {
    tx.execute(
        """
        update segue.trigger_firing
        set outcome = ?, reason = ?, decided_at = ?::timestamptz, variables = null
        where firing_id = ?\
        """,
        outcome.label(),
        reason,
        now.toString(),
        firingId);
  }

  /**
   * What became of a trigger's firings, newest first.
   *
   * @param sites of whose firings the caller may know, besides those of no site; null for all
   */
  Page<Shown> list(
      DSLContext tx,
      String triggerId,
      @Nullable String outcome,
      @Nullable Set<String> sites,
      PageRequest page) {
    Long after = page.after() == null ? null : page.after().number(0);
    List<Record> rows =
        List.copyOf(
            tx.fetch(
                """
                select firing_id, trigger_id, workflow_id, site_id, due_at, decided_at, outcome,
                  reason, start_id, firing_key
                from segue.trigger_firing
                where trigger_id = ? and (?::text is null or outcome = ?)
                  and (?::text[] is null or site_id is null or site_id = any(?::text[]))
                  and (?::bigint is null or firing_id < ?)
                order by firing_id desc limit ?\
                """,
                triggerId,
                outcome,
                outcome,
                sites == null ? null : sites.toArray(String[]::new),
                sites == null ? null : sites.toArray(String[]::new),
                after,
                after,
                page.fetch()));
    return Page.of(rows, page, row -> Cursor.of(row.get(0, Long.class))).map(FiringRows::shown);
  }

  private static Shown shown(Record row) {
    String outcome = row.get(6, String.class);
    String reason = row.get(7, String.class);
    return new Shown(
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, String.class),
        row.get(9, String.class),
        row.get(4, Instant.class),
        row.get(5, Instant.class),
        outcome,
        reason.isEmpty() ? null : reason,
        outcome.equals("started") ? row.get(8, UUID.class) : null);
  }

  private static @Nullable String[] texts(
      Collection<TriggerStarts.Prepared> all,
      Function<TriggerStarts.Prepared, @Nullable String> part) {
    return all.stream().map(part).toArray(String[]::new);
  }
}
