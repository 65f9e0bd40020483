package dev.segue.server.workflows;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramCheck;
import dev.segue.bpmn.model.DiagramException;
import dev.segue.bpmn.model.DiagramLimits;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.bpmn.model.ProcessOutline;
import dev.segue.bpmn.model.Surroundings;
import dev.segue.server.events.EventBus;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what was deployed past Segue, such as from the Modeler, or by a deployment that was cut
 * off before its rows were committed. It can't be refused any more, so its findings say what rule
 * it breaks.
 */
final class Strangers {

  private static final Logger log = LoggerFactory.getLogger(Strangers.class);

  private final Database database;
  private final Feel feel;
  private final InstalledSteps steps;
  private final EventBus events;

  Strangers(Database database, Feel feel, InstalledSteps steps, EventBus events) {
    this.database = database;
    this.feel = feel;
    this.steps = steps;
    this.events = events;
  }

  /** Takes in all that the history knows and Segue doesn't. */
  void adopt() {
    database
        .jooq()
        .fetch(
            """
            select d.bpmn_process_id, d.version, d.process_definition_key, d.resource_name,
              d.diagram
            from history.process_definition d
            left join segue.workflow_version v using (process_definition_key)
            where v.process_definition_key is null and d.deleted_at is null
              and d.diagram is not null
            order by d.bpmn_process_id, d.version\
            """)
        .forEach(this::adopt);
  }

  private void adopt(Record row) {
    String id = row.get(0, String.class);
    String xml = row.get(4, String.class);
    List<FindingView> findings = new ArrayList<>();
    findings.add(
        new FindingView(
            "warning",
            "past-segue",
            row.get(3, String.class),
            null,
            "It was deployed straight into the engine, so nobody checked it before. Deploy it by Segue."));
    Diagram diagram = read(row.get(3, String.class), xml, findings);
    DeployedVersion version =
        new DeployedVersion(
            id,
            diagram == null ? id : title(diagram, id),
            "",
            row.get(1, Integer.class),
            row.get(2, Long.class),
            xml,
            diagram == null ? new TreeSet<>() : DeployedVersion.stepTypes(diagram.steps(), id),
            diagram == null ? new TreeSet<>() : WorkflowPins.ofTasks(diagram.steps(), id),
            findings);
    boolean saved =
        database.transaction(
            tx -> {
              boolean fresh = WorkflowStore.saveStranger(tx, version);
              if (fresh) {
                events.publish(
                    tx, new WorkflowDeployed(id, version.version(), version.stepTypes()));
              }
              return fresh;
            });
    if (saved) {
      log.info("Workflow {} version {} was deployed past Segue", id, version.version());
    }
  }

  private @Nullable Diagram read(String name, String xml, List<FindingView> findings) {
    try {
      byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
      Diagram diagram = Diagram.parse(name, bytes, DiagramLimits.DEFAULT);
      Surroundings surroundings =
          new Surroundings(steps, form -> true, decision -> true, process -> true);
      new DiagramCheck(feel, surroundings)
          .check(diagram)
          .forEach(finding -> findings.add(FindingView.of(name, finding)));
      return diagram;
    } catch (DiagramException e) {
      findings.add(
          new FindingView("error", "unreadable", name, null, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static String title(Diagram diagram, String id) {
    return diagram.processes().stream()
        .filter(process -> process.id().equals(id))
        .map(ProcessOutline::name)
        .findFirst()
        .orElse(id);
  }
}
