package dev.segue.server.workflows;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.runs.RunHealth;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;

/** Reads workflows and their versions. */
public final class WorkflowList {

  private static final String VIEW =
      """
      select w.workflow_id, w.title, w.description, w.latest_version, w.paused, v.step_types,
        array(select f.resource_id from segue.workflow_resource f
          where f.workflow_id = v.workflow_id and f.version = v.version and f.kind = 'form'
          order by f.resource_id),
        case when v.settings ->> 'main' = w.workflow_id then v.settings ->> 'startForm' end,
        v.findings::text, w.created_at, w.updated_at, w.pinned::text
      from segue.workflow w
      join segue.workflow_version v
        on v.workflow_id = w.workflow_id and v.version = w.latest_version
      """;
  private static final String VERSIONS =
      """
      select v.workflow_id, v.version, v.process_definition_key, v.step_types,
        array(select f.name from segue.workflow_resource f
          where f.workflow_id = v.workflow_id and f.version = v.version order by f.name),
        v.findings::text, v.deployed_by, v.deployed_at
      from segue.workflow_version v
      """;

  private final Database database;
  private final RunHealth health;

  WorkflowList(Database database) {
    this.database = database;
    this.health = new RunHealth(database);
  }

  /** Workflows by their titles. */
  public Page<WorkflowView> list(PageRequest page) {
    Cursor after = page.after();
    String order = " order by w.title, w.workflow_id limit " + page.fetch();
    List<WorkflowView> rows =
        withHealth(
            after == null
                ? database.jooq().fetch(VIEW + order)
                : database
                    .jooq()
                    .fetch(
                        VIEW + " where (w.title, w.workflow_id) > (?, ?)" + order,
                        after.part(0),
                        after.part(1)));
    return Page.of(rows, page, row -> Cursor.of(row.title(), row.id()));
  }

  /** Finds a workflow. */
  public Optional<WorkflowView> find(String workflowId) {
    return withHealth(database.jooq().fetch(VIEW + " where w.workflow_id = ?", workflowId)).stream()
        .findFirst();
  }

  private List<WorkflowView> withHealth(List<? extends Record> rows) {
    Map<String, RunHealth.Health> known =
        health.of(rows.stream().map(row -> row.get(0, String.class)).toList());
    return rows.stream()
        .map(
            row ->
                read(row, known.getOrDefault(row.get(0, String.class), RunHealth.Health.NEVER_RAN)))
        .toList();
  }

  /** A workflow's versions, newest first. */
  public Page<VersionView> versions(String workflowId, PageRequest page) {
    Cursor after = page.after();
    int below = after == null ? Integer.MAX_VALUE : Integer.parseInt(after.part(0));
    List<VersionView> rows =
        database
            .jooq()
            .fetch(
                VERSIONS
                    + " where v.workflow_id = ? and v.version < ? order by v.version desc limit "
                    + page.fetch(),
                workflowId,
                below)
            .map(WorkflowList::readVersion);
    return Page.of(rows, page, row -> Cursor.of(row.version()));
  }

  /** Finds a version. */
  public Optional<VersionView> version(String workflowId, int version) {
    return database
        .jooq()
        .fetchOptional(VERSIONS + " where v.workflow_id = ? and v.version = ?", workflowId, version)
        .map(WorkflowList::readVersion);
  }

  /** The diagram of a version. */
  public Optional<String> diagram(String workflowId, int version) {
    return database
        .jooq()
        .fetchOptional(
            "select diagram from segue.workflow_version where workflow_id = ? and version = ?",
            workflowId,
            version)
        .map(row -> row.get(0, String.class));
  }

  /** A form of a version, by its id. */
  public Optional<JsonNode> form(String workflowId, int version, String formId) {
    return database
        .jooq()
        .fetchOptional(
            """
            select content from segue.workflow_resource
            where workflow_id = ? and version = ? and kind = 'form' and resource_id = ?\
            """,
            workflowId,
            version,
            formId)
        .map(row -> Json.mapper().readTree(row.get(0, byte[].class)));
  }

  private static WorkflowView read(Record row, RunHealth.Health health) {
    return new WorkflowView(
        row.get(0, String.class),
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, Integer.class),
        row.get(4, Boolean.class),
        pinned(row.get(11, String.class)),
        texts(row, 5),
        texts(row, 6),
        row.get(7, String.class),
        WorkflowStore.findings(row.get(8, String.class)),
        health,
        row.get(9, Instant.class),
        row.get(10, Instant.class));
  }

  private static Map<String, String> pinned(String json) {
    Map<String, String> pinned = new LinkedHashMap<>();
    Json.parse(json)
        .properties()
        .forEach(pin -> pinned.put(pin.getKey(), pin.getValue().asString()));
    return pinned;
  }

  private static VersionView readVersion(Record row) {
    return new VersionView(
        row.get(0, String.class),
        row.get(1, Integer.class),
        row.get(2, String.class),
        texts(row, 3),
        texts(row, 4),
        WorkflowStore.findings(row.get(5, String.class)),
        row.get(6, String.class),
        row.get(7, Instant.class));
  }

  private static List<String> texts(Record row, int index) {
    return Arrays.asList(row.get(index, String[].class));
  }
}
