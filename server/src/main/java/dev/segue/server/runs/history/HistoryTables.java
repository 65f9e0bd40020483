package dev.segue.server.runs.history;

import static dev.segue.server.runs.history.BulkRows.Column.BOOL;
import static dev.segue.server.runs.history.BulkRows.Column.INT4;
import static dev.segue.server.runs.history.BulkRows.Column.INT8;
import static dev.segue.server.runs.history.BulkRows.Column.JSONB;
import static dev.segue.server.runs.history.BulkRows.Column.TEXT;
import static dev.segue.server.runs.history.BulkRows.Column.TIMESTAMPTZ;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Writes what a batch was folded into: one statement for each table, in the caller's transaction. A
 * row that is there keeps when it began, and never goes back from an end to a beginning.
 */
final class HistoryTables {

  private final Connection connection;
  private final UUID engineId;

  HistoryTables(Connection connection, UUID engineId) {
    this.connection = connection;
    this.engineId = engineId;
  }

  void write(HistoryFold fold) throws SQLException {
    runs(fold);
    elements(fold);
    flows(fold);
    variables(fold);
    jobs(fold);
    incidents(fold);
    new WaitingTables(connection, engineId).write(fold);
  }

  private void runs(HistoryFold fold) throws SQLException {
    BulkRows rows =
        new BulkRows(INT8, TEXT, INT4, INT8, INT8, INT8, TEXT, TIMESTAMPTZ, TIMESTAMPTZ);
    for (HistoryRows.Run run : fold.runs.values()) {
      rows.add(
          run.key,
          run.process,
          run.version,
          run.definition,
          run.parent,
          run.parentElement,
          run.state,
          run.startedAt == null ? run.endedAt : run.startedAt,
          run.endedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.run as r (process_instance_key, engine_id, bpmn_process_id, version,
          process_definition_key, parent_process_instance_key, parent_element_instance_key, state,
          started_at, ended_at)
        select k, '%s'::uuid, process, version, definition, parent, parent_element, state,
          coalesce(started, now()), ended
        from %s as b (k, process, version, definition, parent, parent_element, state, started, ended)
        on conflict (process_instance_key) do update set
          bpmn_process_id = excluded.bpmn_process_id,
          version = excluded.version,
          process_definition_key = excluded.process_definition_key,
          state = case when r.state = 'active' then excluded.state else r.state end,
          started_at = least(r.started_at, excluded.started_at),
          ended_at = coalesce(r.ended_at, excluded.ended_at)\
        """
            .formatted(engineId, rows.unnest()));
  }

  private void elements(HistoryFold fold) throws SQLException {
    BulkRows rows = new BulkRows(INT8, INT8, INT8, TEXT, TEXT, TEXT, TIMESTAMPTZ, TIMESTAMPTZ);
    for (HistoryRows.Element element : fold.elements.values()) {
      rows.add(
          element.key,
          element.run,
          element.scope,
          element.elementId,
          element.type,
          element.state,
          element.startedAt == null ? element.endedAt : element.startedAt,
          element.endedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.element as e (element_instance_key, process_instance_key,
          flow_scope_key, element_id, element_type, state, started_at, ended_at)
        select k, run, scope, element, type, state, coalesce(started, now()), ended
        from %s as b (k, run, scope, element, type, state, started, ended)
        on conflict (element_instance_key) do update set
          element_id = excluded.element_id,
          state = case when e.state = 'active' then excluded.state else e.state end,
          started_at = least(e.started_at, excluded.started_at),
          ended_at = coalesce(e.ended_at, excluded.ended_at)\
        """
            .formatted(rows.unnest()));
  }

  private void flows(HistoryFold fold) throws SQLException {
    BulkRows rows = new BulkRows(INT8, TEXT, INT4, TIMESTAMPTZ);
    fold.flows.forEach(
        (key, flow) -> rows.add(key.run(), key.elementId(), flow.taken, flow.lastTaken));
    rows.execute(
        connection,
        """
        insert into history.sequence_flow as f (process_instance_key, element_id, taken,
          last_taken_at)
        select * from %s
        on conflict (process_instance_key, element_id) do update set
          taken = f.taken + excluded.taken, last_taken_at = excluded.last_taken_at\
        """
            .formatted(rows.unnest()));
  }

  private void variables(HistoryFold fold) throws SQLException {
    BulkRows rows = new BulkRows(INT8, TEXT, INT8, JSONB, TIMESTAMPTZ, BOOL, INT4);
    fold.variables.forEach(
        (key, variable) ->
            rows.add(
                key.scope(),
                key.name(),
                variable.run(),
                variable.json(),
                variable.at(),
                variable.cut(),
                variable.size()));
    rows.execute(
        connection,
        """
        insert into history.variable (scope_key, name, process_instance_key, value, updated_at, cut,
          size)
        select * from %s
        on conflict (scope_key, name) do update set value = excluded.value,
          updated_at = excluded.updated_at, cut = excluded.cut, size = excluded.size\
        """
            .formatted(rows.unnest()));
  }

  private void jobs(HistoryFold fold) throws SQLException {
    BulkRows rows =
        new BulkRows(
            INT8,
            INT8,
            INT8,
            TEXT,
            TEXT,
            TEXT,
            INT4,
            INT4,
            TEXT,
            TEXT,
            TIMESTAMPTZ,
            TIMESTAMPTZ,
            TIMESTAMPTZ);
    for (HistoryRows.Job job : fold.jobs.values()) {
      rows.add(
          job.key,
          job.run,
          job.element,
          job.elementId,
          job.type,
          job.state,
          job.retries,
          job.failures,
          job.errorCode,
          job.error,
          job.createdAt == null ? job.updatedAt : job.createdAt,
          job.updatedAt,
          job.endedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.job as j (job_key, process_instance_key, element_instance_key,
          element_id, type, state, retries, failures, error_code, error_message, created_at,
          updated_at, ended_at)
        select * from %s
        on conflict (job_key) do update set
          element_id = excluded.element_id,
          state = case when j.state in ('created', 'failed') then excluded.state else j.state end,
          retries = excluded.retries,
          failures = j.failures + excluded.failures,
          error_code = coalesce(excluded.error_code, j.error_code),
          error_message = coalesce(excluded.error_message, j.error_message),
          created_at = least(j.created_at, excluded.created_at),
          updated_at = excluded.updated_at,
          ended_at = coalesce(j.ended_at, excluded.ended_at)\
        """
            .formatted(rows.unnest()));
  }

  private void incidents(HistoryFold fold) throws SQLException {
    BulkRows rows =
        new BulkRows(INT8, INT8, INT8, TEXT, INT8, TEXT, TEXT, TIMESTAMPTZ, TIMESTAMPTZ);
    for (HistoryRows.Incident incident : fold.incidents.values()) {
      rows.add(
          incident.key,
          incident.run,
          incident.element,
          incident.elementId,
          incident.job,
          incident.type,
          incident.message,
          incident.createdAt == null ? incident.resolvedAt : incident.createdAt,
          incident.resolvedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.incident as i (incident_key, process_instance_key, element_instance_key,
          element_id, job_key, error_type, message, state, created_at, resolved_at)
        select k, run, element, element_id, job, type, message,
          case when resolved is null then 'open' else 'resolved' end, created, resolved
        from %s as b (k, run, element, element_id, job, type, message, created, resolved)
        on conflict (incident_key) do update set
          state = case when i.state = 'open' then excluded.state else i.state end,
          created_at = least(i.created_at, excluded.created_at),
          resolved_at = coalesce(i.resolved_at, excluded.resolved_at)\
        """
            .formatted(rows.unnest()));
    countOpen(fold);
  }

  private void countOpen(HistoryFold fold) throws SQLException {
    if (fold.incidents.isEmpty()) {
      return;
    }
    String sql =
        """
        update history.run r set open_incidents = (
          select count(*) from history.incident i
          where i.process_instance_key = r.process_instance_key and i.state = 'open')
        where process_instance_key = any(?)\
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Long[] keys = fold.runsWithIncidents().toArray(Long[]::new);
      statement.setArray(1, connection.createArrayOf("int8", keys));
      statement.executeUpdate();
    }
  }
}
