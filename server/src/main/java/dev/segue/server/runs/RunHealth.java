package dev.segue.server.runs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** How the runs of workflows have gone lately. */
public final class RunHealth {

  /** The last days' runs, but no more than this: what costs the same however much runs. */
  private static final int MOST_RUNS = 5_000;

  private static final String HEALTH =
      """
      with newest as (
        select w.workflow_id, r.created_at, r.created_at > now() - interval '7 days' as recent,
          case
            when r.state = 'refused' then 'refused'
            when h.state = 'completed' then 'completed'
            when h.state = 'terminated' then 'cancelled'
            when r.cancel_requested_at is not null then 'cancelling'
            when r.state = 'starting' then 'starting'
            when o.incidents > 0 then 'incident'
            else 'active'
          end as state, o.incidents
        from unnest(?::text[]) as w (workflow_id)
        cross join lateral (
          select * from segue.run x
          where x.workflow_id = w.workflow_id and x.parent_run_id is null
            and x.mode is distinct from 'simulated'
          order by x.created_at desc limit %d) r
        left join history.run h on h.process_instance_key = r.process_instance_key
        left join lateral (
          select sum(x.open_incidents) as incidents
          from segue.run m join history.run x using (process_instance_key)
          where (m.run_id = r.run_id or m.root_run_id = r.run_id) and x.state = 'active') o
          on h.state = 'active')
      select workflow_id,
        count(*) filter (where recent)::int,
        count(*) filter (where recent and state = 'completed')::int,
        count(*) filter (where recent and state in ('incident', 'refused'))::int,
        count(*) filter (where recent and state = 'cancelled')::int,
        count(*) filter (where state in ('starting', 'active', 'incident', 'cancelling'))::int,
        coalesce(sum(incidents), 0)::int,
        max(created_at),
        (array_agg(state order by created_at desc))[1]
      from newest group by workflow_id\
      """
          .formatted(MOST_RUNS);

  private final Database database;

  /** Reads that database. */
  public RunHealth(Database database) {
    this.database = database;
  }

  /** One word for it all. */
  public enum State {
    /** What ran went well. */
    GOOD,
    /** A run failed, but not the newest. */
    ATTENTION,
    /** The newest run failed. */
    FAILING,
    /** Nothing ran lately. */
    IDLE;

    /** The name in the API. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a workflow's runs went in the last 7 days, called runs and rehearsals left aside.
   *
   * @param runs that were started
   * @param failed refused, or stopped by an incident that is open
   * @param active not over yet, whenever they were started
   * @param openIncidents of the active ones
   * @param lastRunAt when the newest was started, however long ago; null if none was
   */
  public record Health(
      State state,
      int runs,
      int completed,
      int failed,
      int cancelled,
      int active,
      int openIncidents,
      @Nullable Instant lastRunAt,
      RunView.@Nullable State lastRunState) {

    /** Of a workflow that never ran. */
    public static final Health NEVER_RAN = new Health(State.IDLE, 0, 0, 0, 0, 0, 0, null, null);
  }

  /** The health of workflows by their ids; those that never ran are missing. */
  public Map<String, Health> of(Collection<String> workflowIds) {
    Map<String, Health> byWorkflow = new HashMap<>();
    database
        .jooq()
        .fetch(HEALTH, (Object) workflowIds.toArray(String[]::new))
        .forEach(row -> byWorkflow.put(row.get(0, String.class), read(row)));
    return byWorkflow;
  }

  private static Health read(Record row) {
    int runs = row.get(1, Integer.class);
    int failed = row.get(3, Integer.class);
    int active = row.get(5, Integer.class);
    int incidents = row.get(6, Integer.class);
    RunView.State last = RunView.State.valueOf(row.get(8, String.class).toUpperCase(Locale.ROOT));
    return new Health(
        state(runs + active, failed + incidents, last),
        runs,
        row.get(2, Integer.class),
        failed,
        row.get(4, Integer.class),
        active,
        incidents,
        row.get(7, Instant.class),
        last);
  }

  private static State state(int runs, int failures, RunView.State last) {
    if (runs == 0) {
      return State.IDLE;
    }
    if (last == RunView.State.INCIDENT || last == RunView.State.REFUSED) {
      return State.FAILING;
    }
    return failures > 0 ? State.ATTENTION : State.GOOD;
  }
}
