package dev.segue.server.runs.history;

import static dev.segue.server.runs.history.BulkRows.Column.INT4;
import static dev.segue.server.runs.history.BulkRows.Column.INT8;
import static dev.segue.server.runs.history.BulkRows.Column.JSONB;
import static dev.segue.server.runs.history.BulkRows.Column.TEXT;
import static dev.segue.server.runs.history.BulkRows.Column.TIMESTAMPTZ;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The second part of {@link HistoryTables}: what runs wait for, and what they run by. */
final class WaitingTables {

  private final Connection connection;
  private final UUID engineId;

  WaitingTables(Connection connection, UUID engineId) {
    this.connection = connection;
    this.engineId = engineId;
  }

  void write(HistoryFold fold) throws SQLException {
    userTasks(fold);
    timers(fold);
    definitions(fold);
  }

  private void userTasks(HistoryFold fold) throws SQLException {
    BulkRows rows =
        new BulkRows(
            INT8,
            INT8,
            INT8,
            TEXT,
            TEXT,
            INT8,
            INT8,
            TEXT,
            TEXT,
            JSONB,
            JSONB,
            TIMESTAMPTZ,
            TIMESTAMPTZ,
            JSONB,
            TEXT,
            TEXT,
            TIMESTAMPTZ,
            TIMESTAMPTZ);
    for (HistoryRows.UserTask task : fold.userTasks.values()) {
      RawRecord last = task.last;
      rows.add(
          task.key,
          last.number("run"),
          last.number("elementInstance"),
          last.text("element"),
          last.text("process"),
          last.number("definition"),
          last.key("form"),
          last.textOrNull("externalForm"),
          last.textOrNull("assignee"),
          json(last.body().path("groups"), "[]"),
          json(last.body().path("users"), "[]"),
          date(last.textOrNull("due")),
          date(last.textOrNull("followUp")),
          json(last.body().path("headers"), "{}"),
          task.state,
          task.action,
          task.createdAt == null ? last.writtenAt() : task.createdAt,
          task.endedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.user_task as t (user_task_key, process_instance_key,
          element_instance_key, element_id, bpmn_process_id, process_definition_key, form_key,
          external_form_reference, assignee, candidate_groups, candidate_users, due_at,
          follow_up_at, headers, state, completed_action, created_at, ended_at)
        select k, run, element, element_id, process, definition, form, external, assignee,
          array(select jsonb_array_elements_text(groups)),
          array(select jsonb_array_elements_text(users)),
          due, follow_up, headers, state, action, created, ended
        from %s as b (k, run, element, element_id, process, definition, form, external, assignee,
          groups, users, due, follow_up, headers, state, action, created, ended)
        on conflict (user_task_key) do update set
          element_id = excluded.element_id, form_key = excluded.form_key,
          assignee = excluded.assignee, candidate_groups = excluded.candidate_groups,
          candidate_users = excluded.candidate_users, due_at = excluded.due_at,
          follow_up_at = excluded.follow_up_at, headers = excluded.headers,
          state = case when t.state = 'created' then excluded.state else t.state end,
          completed_action = coalesce(excluded.completed_action, t.completed_action),
          created_at = least(t.created_at, excluded.created_at),
          ended_at = coalesce(t.ended_at, excluded.ended_at)\
        """
            .formatted(rows.unnest()));
  }

  private static String json(JsonNode node, String otherwise) {
    return node.isMissingNode() ? otherwise : node.toString();
  }

  /** A diagram may set a date that isn't one: the task is shown without it. */
  static @Nullable Instant date(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return text.endsWith("]")
          ? ZonedDateTime.parse(text).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private void timers(HistoryFold fold) throws SQLException {
    BulkRows rows =
        new BulkRows(INT8, INT8, INT8, TEXT, TIMESTAMPTZ, TEXT, TIMESTAMPTZ, TIMESTAMPTZ);
    for (HistoryRows.Timer timer : fold.timers.values()) {
      rows.add(
          timer.key,
          timer.run,
          timer.element,
          timer.elementId,
          Instant.ofEpochMilli(timer.dueMillis),
          timer.state,
          timer.createdAt == null ? timer.endedAt : timer.createdAt,
          timer.endedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.timer as t (timer_key, process_instance_key, element_instance_key,
          element_id, due_at, state, created_at, ended_at)
        select * from %s
        on conflict (timer_key) do update set
          state = case when t.state = 'waiting' then excluded.state else t.state end,
          due_at = excluded.due_at,
          created_at = least(t.created_at, excluded.created_at),
          ended_at = coalesce(t.ended_at, excluded.ended_at)\
        """
            .formatted(rows.unnest()));
  }

  private void definitions(HistoryFold fold) throws SQLException {
    BulkRows rows = new BulkRows(INT8, TEXT, INT4, TEXT, TEXT, TIMESTAMPTZ, TIMESTAMPTZ);
    for (HistoryRows.Definition definition : fold.definitions.values()) {
      rows.add(
          definition.key,
          definition.process,
          definition.version,
          definition.resource,
          definition.diagram,
          definition.deployedAt == null ? definition.deletedAt : definition.deployedAt,
          definition.deletedAt);
    }
    rows.execute(
        connection,
        """
        insert into history.process_definition as d (process_definition_key, engine_id,
          bpmn_process_id, version, resource_name, diagram, deployed_at, deleted_at)
        select k, '%s'::uuid, process, version, resource, diagram, deployed, deleted
        from %s as b (k, process, version, resource, diagram, deployed, deleted)
        on conflict (process_definition_key) do update set
          diagram = coalesce(excluded.diagram, d.diagram),
          deployed_at = least(d.deployed_at, excluded.deployed_at),
          deleted_at = coalesce(d.deleted_at, excluded.deleted_at)\
        """
            .formatted(engineId, rows.unnest()));
  }
}
