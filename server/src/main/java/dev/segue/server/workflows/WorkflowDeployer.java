package dev.segue.server.workflows;

import dev.segue.bpmn.engine.Deployment;
import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.ProcessOutline;
import dev.segue.server.events.EventBus;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.util.List;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deploys packages: all of one or nothing. The engine first, then the rows: the engine knows what
 * it has already, so that a deployment which was cut off between the two is simply repeated.
 */
public final class WorkflowDeployer {

  private final Database database;
  private final Engine engine;
  private final PackageCheck check;
  private final DeclaredTriggers triggers;
  private final EventBus events;
  private final Audit audit;

  WorkflowDeployer(
      Database database,
      Engine engine,
      PackageCheck check,
      DeclaredTriggers triggers,
      EventBus events,
      Audit audit) {
    this.database = database;
    this.engine = engine;
    this.check = check;
    this.triggers = triggers;
    this.events = events;
    this.audit = audit;
  }

  /**
   * What a deployment made.
   *
   * @param workflows ids of the workflows; empty if it was only checked
   * @param findings what is worth knowing about the package
   */
  public record Result(List<Version> workflows, List<FindingView> findings) {

    /** A workflow and its version now. */
    public record Version(String workflowId, int version) {}

    public Result {
      workflows = List.copyOf(workflows);
      findings = List.copyOf(findings);
    }
  }

  /** Only says what there is to say about a package. */
  public Result check(WorkflowPackage wanted) {
    return new Result(List.of(), check.check(wanted));
  }

  /**
   * Deploys a package. What is unchanged keeps its version.
   *
   * @param by the username, or {@code segue} for what comes with the distribution
   * @throws ApiException 422 if an error was found, with all errors; 503 if the engine is away
   */
  public Result deploy(WorkflowPackage wanted, String by) {
    List<FindingView> findings = check.check(wanted);
    refuse(findings);
    Deployment deployment = engineDeploys(wanted);
    List<Result.Version> versions =
        database.transaction(
            tx -> {
              List<Result.Version> saved =
                  deployment.processes().stream()
                      .map(process -> save(tx, wanted, deployment, process, findings, by))
                      .toList();
              triggers.deployed(tx, wanted.id(), wanted.settings().declaredTriggers(), by);
              audit(tx, wanted, saved, by);
              return saved;
            });
    return new Result(versions, findings);
  }

  private static void refuse(List<FindingView> findings) {
    List<FieldError> errors =
        findings.stream()
            .filter(FindingView::isError)
            .map(
                finding ->
                    new FieldError(
                        finding.element() == null
                            ? finding.resource()
                            : finding.resource() + "#" + finding.element(),
                        finding.message()))
            .toList();
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
  }

  private Deployment engineDeploys(WorkflowPackage wanted) {
    try {
      return engine.deploy(wanted.resources());
    } catch (EngineException e) {
      throw switch (e.kind()) {
        case INVALID, CONFLICT, NOT_FOUND, DENIED, TOO_LARGE ->
            ApiException.invalid("The engine refused the package: " + e.getMessage());
        case UNAVAILABLE, INTERNAL ->
            ApiException.unavailable("The engine is not available: " + e.getMessage());
      };
    }
  }

  private Result.Version save(
      DSLContext tx,
      WorkflowPackage wanted,
      Deployment deployment,
      Deployment.Process process,
      List<FindingView> findings,
      String by) {
    Diagram diagram = diagramOf(wanted, process.bpmnProcessId());
    boolean main = process.bpmnProcessId().equals(wanted.id());
    DeployedVersion version =
        new DeployedVersion(
            process.bpmnProcessId(),
            title(wanted, diagram, process.bpmnProcessId(), main),
            main && wanted.settings().description() != null ? wanted.settings().description() : "",
            process.version(),
            process.processDefinitionKey(),
            diagram.xml(),
            DeployedVersion.stepTypes(diagram.steps(), process.bpmnProcessId()),
            WorkflowPins.ofTasks(diagram.steps(), process.bpmnProcessId()),
            findings);
    WorkflowStore.save(tx, version, new WorkflowStore.Stored(wanted, deployment, by));
    events.publish(
        tx, new WorkflowDeployed(version.workflowId(), version.version(), version.stepTypes()));
    return new Result.Version(version.workflowId(), version.version());
  }

  private static String title(
      WorkflowPackage wanted, Diagram diagram, String processId, boolean main) {
    String title = wanted.settings().title();
    if (main && title != null) {
      return title;
    }
    return diagram.processes().stream()
        .filter(process -> process.id().equals(processId))
        .map(ProcessOutline::name)
        .findFirst()
        .orElse(processId);
  }

  private static Diagram diagramOf(WorkflowPackage wanted, String processId) {
    return wanted.diagrams().stream()
        .filter(
            diagram ->
                diagram.processes().stream().anyMatch(process -> process.id().equals(processId)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the engine deployed a process that wasn't sent: " + processId));
  }

  private void audit(
      DSLContext tx, WorkflowPackage wanted, List<Result.Version> versions, String by) {
    ObjectNode detail = Json.object();
    versions.forEach(version -> detail.put(version.workflowId(), version.version()));
    audit.record(tx, new AuditEntry(by, "workflow.deploy", "workflow", wanted.id(), detail));
  }
}
