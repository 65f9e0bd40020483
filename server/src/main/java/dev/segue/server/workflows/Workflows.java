package dev.segue.server.workflows;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.server.approvals.TaskTexts;
import dev.segue.server.connections.ConnectionUse;
import dev.segue.server.events.EventBus;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.plugins.DeployedSteps;
import dev.segue.server.plugins.StepCatalog;
import dev.segue.server.plugins.StepUse;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.runs.history.HistoryEvent;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;

/** The capability as a whole: its parts wired. */
public final class Workflows {

  private final Database database;
  private final WorkflowDeployer deployer;
  private final WorkflowList list;
  private final WorkflowPause pause;
  private final WorkflowPins pins;
  private final Strangers strangers;

  /** The shared parts of the server that this capability stands on. */
  public record Ground(Database database, Engine engine, EventBus events, Audit audit, Feel feel) {}

  /**
   * Wires the parts.
   *
   * @param steps what the installed plugins serve
   */
  public Workflows(Ground ground, InstalledSteps steps) {
    this(ground, steps, DeclaredTriggers.IGNORED);
  }

  /**
   * Wires the parts.
   *
   * @param steps what the installed plugins serve
   * @param triggers what becomes of the triggers that packages bring
   */
  public Workflows(Ground ground, InstalledSteps steps, DeclaredTriggers triggers) {
    database = ground.database();
    PackageCheck check = new PackageCheck(database.jooq(), ground.feel(), steps, triggers);
    deployer =
        new WorkflowDeployer(
            database, ground.engine(), check, triggers, ground.events(), ground.audit());
    list = new WorkflowList(database);
    pause = new WorkflowPause(database, ground.audit());
    pins = new WorkflowPins(database, steps, ground.events(), ground.audit());
    strangers = new Strangers(database, ground.feel(), steps, ground.events());
    ground.events().subscribe(HistoryEvent.ProcessDeployed.class, event -> strangers.adopt());
  }

  /** What runs need to know of workflows; needed before this capability is made. */
  public static WorkflowLookup lookup(Database database) {
    return new DeployedDiagrams(database);
  }

  /** What approvals need to know of diagrams; needed before this capability is made. */
  public static TaskTexts taskTexts(Database database) {
    return new DiagramTaskTexts(database);
  }

  /** Takes in what was deployed past Segue while no server heard of it. */
  public void start() {
    strangers.adopt();
  }

  /** Deploys packages. */
  public WorkflowDeployer deployer() {
    return deployer;
  }

  /** Lists workflows. */
  public WorkflowList list() {
    return list;
  }

  /** Pauses workflows. */
  public WorkflowPause pause() {
    return pause;
  }

  /**
   * Which workflows need which step types: by their latest versions, and by versions that runs
   * still go by.
   *
   * @return ids of the workflows by the step type that they use
   */
  public Map<String, Set<String>> workflowsByStepType() {
    Map<String, Set<String>> byType = new TreeMap<>();
    database
        .jooq()
        .fetch(
            """
            select distinct step_type, v.workflow_id
            from segue.workflow_version v
            join segue.workflow w using (workflow_id)
            cross join unnest(v.step_types) as step_type
            where v.version = w.latest_version or exists (
              select 1 from segue.run r
              where r.workflow_id = v.workflow_id and r.workflow_version = v.version
                and r.state in ('starting', 'started'))\
            """)
        .forEach(
            row ->
                byType
                    .computeIfAbsent(row.get(0, String.class), type -> new TreeSet<>())
                    .add(row.get(1, String.class)));
    return byType;
  }

  /** What a version's runs expect, as its package says. */
  public static List<DeclaredOutcome> outcomes(DSLContext tx, String workflowId, int version) {
    return tx.fetchOptional(
            """
            select settings -> 'outcomes' from segue.workflow_version
            where workflow_id = ? and version = ?\
            """,
            workflowId,
            version)
        .map(row -> row.get(0, String.class))
        .map(Json::parse)
        .map(list -> list.valueStream().map(DeclaredOutcome::read).toList())
        .orElse(List.of());
  }

  /** Which plugin versions those workflows ask for. */
  public List<DeployedSteps.WorkflowPin> pins() {
    return pins.all();
  }

  /** Finds what depends on step types. */
  public StepUse stepUse() {
    return new StepUsers(database);
  }

  /**
   * Tells which steps use a connection.
   *
   * @param steps knows which fields of them name one
   */
  public ConnectionUse connectionUse(StepCatalog steps) {
    return new ConnectionUsers(database, steps);
  }

  /** The HTTP operations. */
  public List<Operation> operations() {
    return new WorkflowOperations(deployer, list, pause, pins).operations();
  }
}
