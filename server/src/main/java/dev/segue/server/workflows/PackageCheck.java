package dev.segue.server.workflows;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramCheck;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.bpmn.model.Surroundings;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;

/** Checks a package's diagrams against what it brings along and what is there already. */
final class PackageCheck {

  private final DSLContext db;
  private final Feel feel;
  private final InstalledSteps steps;
  private final DeclaredTriggers triggers;

  PackageCheck(DSLContext db, Feel feel, InstalledSteps steps, DeclaredTriggers triggers) {
    this.db = db;
    this.feel = feel;
    this.steps = steps;
    this.triggers = triggers;
  }

  List<FindingView> check(WorkflowPackage wanted) {
    Surroundings surroundings =
        new Surroundings(
            steps,
            form -> wanted.forms().containsKey(form) || isDeployed("form", form),
            decision -> wanted.decisions().contains(decision) || isDeployed("decision", decision),
            process -> wanted.processes().contains(process) || isWorkflow(process));
    DiagramCheck check = new DiagramCheck(feel, surroundings);
    List<FindingView> findings = new ArrayList<>();
    for (Diagram diagram : wanted.diagrams()) {
      check
          .check(diagram)
          .forEach(finding -> findings.add(FindingView.of(diagram.name(), finding)));
    }
    String startForm = wanted.settings().startForm();
    if (startForm != null && !surroundings.forms().test(startForm)) {
      findings.add(
          new FindingView(
              "error",
              "unknown-form",
              PackageReader.SETTINGS_FILE,
              null,
              "There is no form %s. Put its file into the package, or correct startForm."
                  .formatted(startForm)));
    }
    findings.addAll(pins(wanted));
    triggers
        .problems(wanted.id(), startForm(wanted), wanted.settings().declaredTriggers())
        .forEach(
            problem ->
                findings.add(
                    new FindingView(
                        "error", "bad-trigger", PackageReader.SETTINGS_FILE, null, problem)));
    DeclaredOutcome.problems(wanted.settings().declaredOutcomes(), feel)
        .forEach(
            problem ->
                findings.add(
                    new FindingView(
                        "error", "bad-outcome", PackageReader.SETTINGS_FILE, null, problem)));
    findings.sort(Comparator.comparing(FindingView::rank));
    return findings;
  }

  private static FormRules startForm(WorkflowPackage wanted) {
    String id = wanted.settings().startForm();
    PackageFile file = id == null ? null : wanted.forms().get(id);
    return file == null ? FormRules.NONE : FormRules.of(Json.mapper().readTree(file.content()));
  }

  private List<FindingView> pins(WorkflowPackage wanted) {
    Map<String, String> pinned = wanted.settings().pinned();
    Set<String> types = new TreeSet<>();
    wanted.diagrams().forEach(one -> one.steps().forEach(step -> types.add(step.stepType())));
    List<FindingView> findings = new ArrayList<>();
    (pinned == null ? Map.<String, String>of() : pinned)
        .forEach(
            (plugin, versions) -> {
              String problem = WorkflowPins.problem(plugin, versions, types, steps);
              if (!problem.isEmpty()) {
                findings.add(
                    new FindingView(
                        "error", "unserved-pin", PackageReader.SETTINGS_FILE, null, problem));
              }
            });
    return findings;
  }

  private boolean isDeployed(String kind, String id) {
    return db.fetchOptional(
            """
            select 1 from segue.workflow_resource
            where kind = ? and ? = any(string_to_array(resource_id, ' '))\
            """,
            kind,
            id)
        .isPresent();
  }

  private boolean isWorkflow(String process) {
    return db.fetchOptional("select 1 from segue.workflow where workflow_id = ?", process)
        .isPresent();
  }
}
