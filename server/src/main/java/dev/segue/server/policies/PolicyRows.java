package dev.segue.server.policies;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The tables of policies. Methods take the transaction they are part of. */
final class PolicyRows {

  private static final String SELECT =
      """
      select policy_id, workflow_id, changes, level, limits::text, fallback::text, evidence_from,
        fell_reason, paused, paused_by, paused_at, pause_reason, version, changed_by, changed_at
      from segue.policy\
      """;

  /**
   * Finds a list {@code s} in a live run {@code r} of a policy's workflow that is the policy's
   * matter; asks for the workflow, the kind and again the kind.
   */
  static final String GOVERNED =
      """
       s.mode = 'live' and r.bpmn_process_id = ? and (s.step_type like ? || ':%' or (? = '*'
        and not exists (select 1 from segue.policy p where p.workflow_id = r.bpmn_process_id
          and p.changes <> '*' and s.step_type like p.changes || ':%')))
      """;

  Optional<Policy> find(DSLContext tx, String id) {
    return tx.fetchOptional(SELECT + " where policy_id = ?", id).map(PolicyRows::read);
  }

  Optional<Policy> lock(DSLContext tx, String id) {
    return tx.fetchOptional(SELECT + " where policy_id = ? for update", id).map(PolicyRows::read);
  }

  /** The policy for a kind of changes of a workflow; its own before the one for all. */
  Optional<Policy> of(DSLContext tx, String workflowId, String changes) {
    return tx.fetchOptional(
            SELECT
                + """
                 where workflow_id = ? and changes in (?, '*')
                order by changes = '*' limit 1\
                """,
            workflowId,
            changes)
        .map(PolicyRows::read);
  }

  /** Those that could fall back by themselves. */
  List<String> mayFall(DSLContext tx) {
    return tx.fetch(
            """
            select policy_id from segue.policy where not paused and level <> 'suggest'
            order by policy_id\
            """)
        .getValues(0, String.class);
  }

  Page<Policy> list(DSLContext tx, @Nullable String workflow, PageRequest page) {
    List<Policy> rows =
        tx.fetch(
                SELECT
                    + """
                     where policy_id > ? and (?::text is null or workflow_id = ?)
                    order by policy_id limit ?\
                    """,
                page.after() == null ? "" : page.after().part(0),
                workflow,
                workflow,
                page.fetch())
            .map(PolicyRows::read);
    return Page.of(rows, page, policy -> Cursor.of(policy.id()));
  }

  /** Adds or replaces it; the pause of one that is there stays as it is. */
  void save(DSLContext tx, Policy policy) {
    tx.execute(
        """
        insert into segue.policy (policy_id, workflow_id, changes, level, limits, fallback,
          evidence_from, fell_reason, version, changed_by, changed_at)
        values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::timestamptz, ?, ?, ?, ?::timestamptz)
        on conflict (policy_id) do update set workflow_id = excluded.workflow_id,
          changes = excluded.changes, level = excluded.level, limits = excluded.limits,
          fallback = excluded.fallback, evidence_from = excluded.evidence_from,
          fell_reason = excluded.fell_reason, version = excluded.version,
          changed_by = excluded.changed_by, changed_at = excluded.changed_at\
        """,
        policy.id(),
        policy.workflowId(),
        policy.changes(),
        policy.level().word(),
        Json.text(policy.limits()),
        Json.text(policy.fallback()),
        policy.evidenceFrom().toString(),
        policy.fellReason(),
        policy.version(),
        policy.changedBy(),
        policy.changedAt().toString());
  }

  void delete(DSLContext tx, String id) {
    tx.execute("delete from segue.policy where policy_id = ?", id);
  }

  void pause(DSLContext tx, String id, Policy.@Nullable Pause pause) {
    tx.execute(
        """
        update segue.policy
        set paused = ?, paused_by = ?, paused_at = ?::timestamptz, pause_reason = ?
        where policy_id = ?\
        """,
        pause != null,
        pause == null ? null : pause.by(),
        pause == null ? null : pause.at().toString(),
        pause == null ? "" : pause.reason(),
        id);
  }

  /** Who has people decide everything; null if nobody has. */
  Policy.@Nullable Pause pauseOfAll(DSLContext tx) {
    return tx.fetchOptional(
            "select changed_by, changed_at, reason from segue.policy_switch where paused")
        .map(
            row ->
                new Policy.Pause(
                    row.get(0, String.class), row.get(1, Instant.class), row.get(2, String.class)))
        .orElse(null);
  }

  /**
   * Has people decide everything, or lets policies decide again.
   *
   * @return false if it is so already
   */
  boolean pauseAll(DSLContext tx, boolean paused, Policy.Pause change) {
    return tx.execute(
            """
            update segue.policy_switch
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

  /** What a policy has let through on a day; what lost its force doesn't count. */
  Measured used(DSLContext tx, String policyId, LocalDate day) {
    Record row =
        tx.fetchSingle(
            """
            select coalesce(sum(u.changes), 0)::int, coalesce(sum(u.amount), 0),
              coalesce(sum(u.audience), 0)::bigint
            from segue.policy_use u
            where u.policy_id = ? and u.day = ?::date and not exists (select 1
              from segue.decision d where d.vote_id = u.vote_id and d.state = 'void')\
            """,
            policyId,
            day.toString());
    return new Measured(
        row.get(0, Integer.class), row.get(1, BigDecimal.class), row.get(2, Long.class));
  }

  /** What a policy lets through. */
  record Use(
      UUID setId, long userTaskKey, Policy policy, LocalDate day, Measured measured, UUID voteId) {}

  void use(DSLContext tx, Use use) {
    tx.execute(
        """
        insert into segue.policy_use (set_id, user_task_key, policy_id, policy_version, day,
          changes, amount, audience, vote_id)
        values (?, ?, ?, ?, ?::date, ?, ?, ?, ?)
        on conflict (set_id) do update set user_task_key = excluded.user_task_key,
          policy_id = excluded.policy_id, policy_version = excluded.policy_version,
          day = excluded.day, changes = excluded.changes, amount = excluded.amount,
          audience = excluded.audience, vote_id = excluded.vote_id\
        """,
        use.setId(),
        use.userTaskKey(),
        use.policy().id(),
        use.policy().version(),
        use.day().toString(),
        use.measured().changes(),
        use.measured().amount(),
        use.measured().audience(),
        use.voteId());
  }

  private static Policy read(Record row) {
    return new Policy(
        row.get(0, String.class),
        row.get(1, String.class),
        row.get(2, String.class),
        Level.of(row.get(3, String.class)),
        Json.mapper().readValue(row.get(4, String.class), Limits.class),
        Json.mapper().readValue(row.get(5, String.class), Fallback.class),
        row.get(6, Instant.class),
        row.get(7, String.class),
        row.get(8, Boolean.class)
            ? new Policy.Pause(
                row.get(9, String.class), row.get(10, Instant.class), row.get(11, String.class))
            : null,
        row.get(12, Integer.class),
        row.get(13, String.class),
        row.get(14, Instant.class));
  }
}
