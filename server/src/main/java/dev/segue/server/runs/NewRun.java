package dev.segue.server.runs;

import dev.segue.server.people.AuditEntry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A run about to be written for the first time.
 *
 * @param row as the table will have it
 * @param definition the engine's key of the version that it goes by
 * @param variables those of the row, as text
 * @param approves how it answers its approvals if it is simulated
 * @param audit what the audit trail gets; null for nothing
 */
record NewRun(
    RunRow row,
    long definition,
    String variables,
    String startKind,
    boolean approves,
    @Nullable AuditEntry audit) {

  UUID id() {
    return row.runId();
  }

  /**
   * Writes those whose ids are new.
   *
   * @param runs of different ids
   * @return the ids of those that were written
   */
  static Set<UUID> insert(DSLContext tx, Collection<NewRun> runs) {
    return new HashSet<>(
        tx.fetch(
                """
                insert into segue.run (run_id, workflow_id, workflow_version, mode, site_id, as_of,
                  knowledge, answer, business_key, variables, started_by, start_kind, state)
                select n.id, n.workflow, n.version, n.mode, n.site, n.as_of::timestamptz,
                  n.knowledge, n.answer, n.business_key, n.variables::jsonb, n.started_by, n.start_kind, 'starting'
                from unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                  as n (id, workflow, version, mode, site, as_of, knowledge, answer, business_key, variables,
                    started_by, start_kind)
                order by n.id
                on conflict (run_id) do nothing
                returning run_id\
                """,
                runs.stream().map(NewRun::id).toArray(UUID[]::new),
                texts(runs, run -> run.row.workflowId()),
                runs.stream().map(run -> run.row.version()).toArray(Integer[]::new),
                texts(runs, run -> run.row.mode() == null ? null : run.row.mode().label()),
                texts(runs, run -> run.row.siteId()),
                texts(runs, run -> run.row.asOf() == null ? null : run.row.asOf().toString()),
                texts(runs, run -> run.row.asOf() == null ? null : run.row.knowledge().label()),
                texts(runs, run -> run.approves ? null : "reject"),
                texts(runs, run -> run.row.businessKey()),
                texts(runs, NewRun::variables),
                texts(runs, run -> run.row.startedBy()),
                texts(runs, NewRun::startKind))
            .map(row -> row.get(0, UUID.class)));
  }

  private static @Nullable String[] texts(
      Collection<NewRun> runs, Function<NewRun, @Nullable String> part) {
    return runs.stream().map(part).toArray(String[]::new);
  }

  /** The workflows of runs that are there already. */
  static Map<UUID, String> workflows(DSLContext tx, List<UUID> ids) {
    return tx.fetch(
            "select run_id, workflow_id from segue.run where run_id = any(?)",
            (Object) ids.toArray(UUID[]::new))
        .intoMap(row -> row.get(0, UUID.class), row -> row.get(1, String.class));
  }
}
