package dev.segue.server.runs;

import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
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

  private static final int MOST_ENTRIES = 500;

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
   * @param timeline of a long one, what is active and what is newest
   * @param timelineOmitted how many entries it has besides
   * @param flows that were taken, without those of called runs
   * @param variables of the run itself, by name
   */
  public record Detail(
      RunView run,
      List<TimelineEntry> timeline,
      int timelineOmitted,
      List<TakenFlow> flows,
      ObjectNode variables,
      List<IncidentView> incidents,
      List<?> approvals,
      List<?> changes) {

    /** The run's fields and the lists beside them, as one object. */
    JsonNode json() {
      ObjectNode json = (ObjectNode) Json.tree(run);
      json.set("timeline", Json.tree(timeline));
      json.put("timelineOmitted", timelineOmitted);
      json.set("flows", Json.tree(flows));
      json.set("variables", variables);
      json.set("incidents", Json.tree(incidents));
      json.set("approvals", Json.tree(approvals));
      json.set("changes", Json.tree(changes));
      return json;
    }
  }

  /** A sequence flow of the diagram, and how often the run went along it. */
  public record TakenFlow(String flow, int count) {}

  /** Finds a run. Those that it called show in its timeline. */
  public Optional<Detail> find(UUID runId) {
    return runs.find(runId).map(this::detail);
  }

  /** What a run, and those that it called, came to, oldest first. */
  public Page<TimelineEntry> timeline(UUID runId, PageRequest page) {
    return timeline.page(family(runId).keys(), page);
  }

  private Detail detail(RunView run) {
    Family family = family(run.id());
    Timeline.Excerpt excerpt = timeline.excerpt(family.keys(), MOST_ENTRIES);
    return new Detail(
        run,
        excerpt.entries(),
        excerpt.omitted(),
        flows(run),
        variables(run),
        incidents.of(family.keys()),
        parts.approvals(family.keys()),
        parts.changeSets(family.ids()));
  }

  /** A run and those that it called. */
  private record Family(List<UUID> ids, List<Long> keys) {}

  private Family family(UUID runId) {
    List<UUID> ids = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    database
        .jooq()
        .fetch(
            """
            select run_id, process_instance_key from segue.run where run_id = ? or root_run_id = ?
            order by created_at\
            """,
            runId,
            runId)
        .forEach(
            row -> {
              ids.add(row.get(0, UUID.class));
              Long key = row.get(1, Long.class);
              if (key != null) {
                keys.add(key);
              }
            });
    return new Family(ids, keys);
  }

  private List<TakenFlow> flows(RunView run) {
    return database
        .jooq()
        .fetch(
            """
            select element_id, taken from history.sequence_flow
            where process_instance_key = ? order by element_id\
            """,
            run.processInstanceKey() == null ? null : Long.valueOf(run.processInstanceKey()))
        .map(row -> new TakenFlow(row.get(0, String.class), row.get(1, Integer.class)));
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
