package dev.segue.server.runs.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the live feed which runs, incidents and approvals a batch touched: each once, however many
 * records there were, in one statement and few notifications. A touched run that another one called
 * touches the run at the top, too.
 */
final class LiveHints {

  /** A notification holds 8,000 bytes; an event is far smaller than the rest of it. */
  private static final String TELL =
      """
      with touched as (
        select r.run_id, r.root_run_id, r.workflow_id, r.site_id, r.process_instance_key,
          case
            when h.state = 'completed' then 'completed'
            when h.state = 'terminated' then 'cancelled'
            when r.cancel_requested_at is not null then 'cancelling'
            when h.open_incidents > 0 then 'incident'
            else 'active'
          end as state
        from segue.run r
        join history.run h using (process_instance_key)
        where r.process_instance_key = any(?)
      ),
      event as (
        select segue.live_event('run', run_id::text, run_id, root_run_id, workflow_id, site_id, state)
          as e
        from touched
        union all
        select distinct segue.live_event('run', r.run_id::text, r.run_id, null, r.workflow_id,
          r.site_id, null)
        from touched t join segue.run r on r.run_id = t.root_run_id
        where t.root_run_id not in (select run_id from touched)
        union all
        select segue.live_event('incident', i.incident_key::text, t.run_id, t.root_run_id,
          t.workflow_id, t.site_id, i.state)
        from history.incident i join touched t using (process_instance_key)
        where i.incident_key = any(?)
        union all
        select segue.live_event('approval', u.user_task_key::text, t.run_id, t.root_run_id,
          t.workflow_id, t.site_id, case when u.state = 'created' then 'open' end)
        from history.user_task u join touched t using (process_instance_key)
        where u.user_task_key = any(?)
      ),
      paged as (
        select e::text as e, sum(octet_length(e::text) + 2) over (rows unbounded preceding) / 4000
          as page
        from event
      )
      select pg_notify('segue_live',
        '{"x":"' || pg_current_xact_id() || '","e":[' || string_agg(e, ',') || ']}')
      from paged group by page order by page\
      """;

  private LiveHints() {}

  /** Tells it, in the transaction of the batch and after its rows. */
  static void tell(Connection connection, HistoryFold fold) throws SQLException {
    Set<Long> runs = touched(fold);
    if (runs.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(TELL)) {
      keys(connection, statement, 1, runs);
      keys(connection, statement, 2, fold.incidents.keySet());
      keys(connection, statement, 3, fold.userTasks.keySet());
      statement.execute();
    }
  }

  private static Set<Long> touched(HistoryFold fold) {
    Set<Long> runs = new HashSet<>(fold.runs.keySet());
    fold.elements.values().forEach(element -> runs.add(element.run));
    fold.flows.keySet().forEach(flow -> runs.add(flow.run()));
    fold.variables.values().forEach(variable -> runs.add(variable.run()));
    fold.jobs.values().forEach(job -> runs.add(job.run));
    fold.incidents.values().forEach(incident -> runs.add(incident.run));
    fold.timers.values().forEach(timer -> runs.add(timer.run));
    fold.userTasks.values().forEach(task -> runs.add(task.last.number("run")));
    return runs;
  }

  private static void keys(
      Connection connection, PreparedStatement statement, int at, Collection<Long> keys)
      throws SQLException {
    statement.setArray(at, connection.createArrayOf("int8", keys.toArray(Long[]::new)));
  }
}
