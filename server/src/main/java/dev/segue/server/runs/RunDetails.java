package dev.segue.server.runs;

import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All that there is to know about one run, in the words of the API. */
public final class RunDetails {

  private final Database database;
  private final RunList runs;
  private final IncidentList incidents;
  private final RunParts parts;
  private final Timeline timeline;

  /** Reads that database. */
  public RunDetails(
      Database database,
      RunList runs,
      IncidentList incidents,
      RunParts parts,
      WorkflowLookup workflows) {
    this.database = database;
    this.runs = runs;
    this.incidents = incidents;
    this.parts = parts;
    this.timeline = new Timeline(database.jooq(), workflows);
  }

  /**
   * A run with everything.
   *
   * @param run as the list shows it
   * @param variables of the run itself, by name
   */
  public record Detail(
      RunView run,
      List<TimelineEntry> timeline,
      ObjectNode variables,
      List<IncidentView> incidents,
      List<?> approvals,
      List<?> changes) {

    /** The run's fields and the lists beside them, as one object. */
    JsonNode json() {
      ObjectNode json = (ObjectNode) Json.tree(run);
      json.set("timeline", Json.tree(timeline));
      json.set("variables", variables);
      json.set("incidents", Json.tree(incidents));
      json.set("approvals", Json.tree(approvals));
      json.set("changes", Json.tree(changes));
      return json;
    }
  }

  /** Finds a run. Those that it called show in its timeline. */
  public Optional<Detail> find(UUID runId) {
    return runs.find(runId).map(this::detail);
  }

  private Detail detail(RunView run) {
    List<UUID> ids = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    database
        .jooq()
        .fetch(
            """
            select run_id, process_instance_key from segue.run where run_id = ? or root_run_id = ?
            order by created_at\
            """,
            run.id(),
            run.id())
        .forEach(
            row -> {
              ids.add(row.get(0, UUID.class));
              Long key = row.get(1, Long.class);
              if (key != null) {
                keys.add(key);
              }
            });
    return new Detail(
        run,
        timeline.of(keys),
        variables(run),
        incidents.of(keys),
        parts.approvals(keys),
        parts.changeSets(ids));
  }

  /** What the run began with, and over it what the history knows. */
  private ObjectNode variables(RunView run) {
    Record row =
        database
            .jooq()
            .fetchSingle(
                """
                select r.variables::text, (
                  select jsonb_object_agg(v.name, v.value)::text from history.variable v
                  where v.scope_key = r.process_instance_key and v.name <> ?)
                from segue.run r where r.run_id = ?\
                """,
                RunStarter.CONTEXT_VARIABLE,
                run.id());
    ObjectNode variables = (ObjectNode) Json.parse(row.get(0, String.class));
    String known = row.get(1, String.class);
    if (known != null) {
      variables.setAll((ObjectNode) Json.parse(known));
    }
    return variables;
  }
}
