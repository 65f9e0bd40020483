package dev.segue.server.rehearsals;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.server.changes.ChangeSetState;
import dev.segue.server.changes.Changes;
import dev.segue.server.changes.StoredChange;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.http.Json;
import dev.segue.server.runs.WorkflowLookup;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a day's run would have changed, and what followed. */
final class DayReports {

  /** Of each list; the rest is counted. */
  private static final int MOST_CHANGES = 50;

  private final Changes changes;
  private final WorkflowLookup workflows;
  private final Outcomes outcomes;

  DayReports(Changes changes, WorkflowLookup workflows, Outcomes outcomes) {
    this.changes = changes;
    this.workflows = workflows;
    this.outcomes = outcomes;
  }

  /** The report of a run that is as far as it comes. */
  ObjectNode of(DSLContext tx, Rehearsal rehearsal, RehearsalDay day) {
    ObjectNode report = Json.object();
    end(tx, day.runId()).ifPresent(end -> report.put("end", end));
    ArrayNode lists = report.putArray("changes");
    for (UUID run : family(tx, day.runId())) {
      for (StoredChangeSet set : changes.sets().ofRun(tx, run)) {
        if (set.state() != ChangeSetState.SUPERSEDED) {
          lists.add(list(tx, set));
        }
      }
    }
    report.set("outcomes", outcomes.of(tx, rehearsal, day));
    return report;
  }

  /** At which end of its diagram the run came out, by its label. */
  private Optional<String> end(DSLContext tx, UUID run) {
    return tx.fetchOptional(
            """
            select e.element_id, h.process_definition_key from history.element e
            join history.run h on h.process_instance_key = e.process_instance_key
            join segue.run r on r.process_instance_key = h.process_instance_key
            where r.run_id = ? and e.element_type = 'END_EVENT' and e.state = 'completed'
              and e.flow_scope_key = e.process_instance_key
            order by e.ended_at desc, e.element_instance_key desc limit 1\
            """,
            run)
        .map(
            row -> {
              String id = row.get(0, String.class);
              DiagramElement element = workflows.elements(row.get(1, Long.class)).get(id);
              return element == null || !element.isNamed() ? id : element.name();
            });
  }

  private static List<UUID> family(DSLContext tx, UUID run) {
    return tx.fetch(
            "select run_id from segue.run where run_id = ? or root_run_id = ? order by created_at",
            run,
            run)
        .map(row -> row.get(0, UUID.class));
  }

  private ObjectNode list(DSLContext tx, StoredChangeSet set) {
    ObjectNode summary = changes.views().summary(set);
    ObjectNode list = Json.object();
    for (String field : List.of("id", "title", "summary", "stepType", "count", "totals")) {
      list.set(field, summary.get(field));
    }
    ArrayNode entries = list.putArray("changes");
    List<StoredChange> all = changes.sets().changes(tx, set.id());
    all.stream().limit(MOST_CHANGES).forEach(change -> entries.add(change(change)));
    list.put("omitted", Math.max(0, all.size() - MOST_CHANGES));
    return list;
  }

  private static ObjectNode change(StoredChange stored) {
    ObjectNode whole = ChangeSetJson.write(stored.change());
    ObjectNode change = Json.object();
    for (String field :
        List.of("target", "title", "reason", "effect", "before", "after", "amount")) {
      if (!whole.path(field).isNull()) {
        change.set(field, whole.get(field));
      }
    }
    return change;
  }
}
