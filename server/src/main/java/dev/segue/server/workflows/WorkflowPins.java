package dev.segue.server.workflows;

import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.bpmn.model.StepTask;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.events.EventBus;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.plugins.DeployedSteps.WorkflowPin;
import dev.segue.server.plugins.PluginPin;
import dev.segue.server.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which plugin versions workflows hold on to. */
final class WorkflowPins {

  private final Database database;
  private final InstalledSteps steps;
  private final EventBus events;
  private final Audit audit;

  WorkflowPins(Database database, InstalledSteps steps, EventBus events, Audit audit) {
    this.database = database;
    this.steps = steps;
    this.events = events;
    this.audit = audit;
  }

  /** The pins of the tasks of one process, as {@link PluginPin} writes them. */
  static SortedSet<String> ofTasks(List<StepTask> tasks, String processId) {
    SortedSet<String> pins = new TreeSet<>();
    for (StepTask task : tasks) {
      String wanted = task.headers().getOrDefault(PluginPin.HEADER, "").strip();
      if (task.processId().equals(processId) && !wanted.isEmpty()) {
        try {
          pins.add(
              new PluginPin(PluginPin.pluginOf(task.stepType()), VersionRange.parse(wanted))
                  .toString());
        } catch (IllegalArgumentException e) {
          // The check of the diagram says so; a job of it becomes an incident.
        }
      }
    }
    return pins;
  }

  /** All pins of the latest versions, and of versions that runs still go by. */
  List<WorkflowPin> all() {
    List<WorkflowPin> pins = new ArrayList<>();
    database
        .jooq()
        .fetch(
            """
            select w.workflow_id, p.key || '@' || p.value, true
            from segue.workflow w cross join jsonb_each_text(w.pinned) p
            union
            select v.workflow_id, pin, false
            from segue.workflow_version v join segue.workflow w using (workflow_id)
            cross join unnest(v.pins) as pin
            where v.version = w.latest_version or exists (
              select 1 from segue.run r
              where r.workflow_id = v.workflow_id and r.workflow_version = v.version
                and r.state in ('starting', 'started'))\
            """)
        .forEach(
            row ->
                pins.add(
                    new WorkflowPin(
                        row.get(0, String.class),
                        PluginPin.parse(row.get(1, String.class)),
                        row.get(2, Boolean.class))));
    return pins;
  }

  /**
   * Has a workflow's steps use certain versions of plugins from now on, on all servers within
   * seconds.
   *
   * @param pinned versions, or ranges of them, by plugin id; empty for those that serve
   * @throws ApiException 422 if a range can't be read or nothing serves it
   */
  void set(String workflow, JsonNode pinned, String by) {
    List<String> stepTypes = stepTypes(workflow);
    for (Map.Entry<String, JsonNode> pin : pinned.properties()) {
      String problem = problem(pin.getKey(), pin.getValue().asString(), stepTypes, steps);
      if (!problem.isEmpty()) {
        throw ApiException.invalid("pinned." + pin.getKey(), problem);
      }
    }
    database.inTransaction(
        tx -> {
          tx.execute(
              """
              update segue.workflow set pinned = ?::jsonb, updated_at = now()
              where workflow_id = ?\
              """,
              pinned.toString(),
              workflow);
          events.publish(tx, new WorkflowPinned(workflow));
          ObjectNode detail = Json.object();
          detail.set("pinned", pinned);
          audit.record(tx, new AuditEntry(by, "workflow.pin", "workflow", workflow, detail));
        });
  }

  private List<String> stepTypes(String workflow) {
    return database
        .jooq()
        .fetch(
            """
            select distinct unnest(v.step_types)
            from segue.workflow_version v join segue.workflow w using (workflow_id)
            where v.workflow_id = ? and v.version = w.latest_version\
            """,
            workflow)
        .getValues(0, String.class);
  }

  /** What is wrong with a pin, in a sentence; empty if nothing is. */
  static String problem(
      String plugin, String versions, Iterable<String> stepTypes, InstalledSteps steps) {
    try {
      VersionRange range = VersionRange.parse(versions);
      for (String type : stepTypes) {
        if (PluginPin.pluginOf(type).equals(plugin) && !steps.serves(type, range)) {
          return "No installed version of the plugin %s in the range %s serves %s. Install one, enable one, or pin another version (segue plugins show %s)."
              .formatted(plugin, versions, type, plugin);
        }
      }
      return "";
    } catch (IllegalArgumentException e) {
      return "The versions of the plugin " + plugin + ": " + e.getMessage() + ".";
    }
  }
}
