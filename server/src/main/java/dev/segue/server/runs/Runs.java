package dev.segue.server.runs;

import dev.segue.bpmn.engine.Engine;
import dev.segue.sdk.Site;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.history.Projector;
import dev.segue.server.steps.RunContexts;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The capability as a whole: its parts wired, its promises registered with the outbox. Make it
 * before the outbox is started.
 */
public final class Runs {

  private final RunStarter starter;
  private final RunChanges changes;
  private final RunList list;
  private final RunDetails details;
  private final IncidentList incidents;
  private final IncidentRepair repair;
  private final Messages messages;
  private final Database database;
  private final Outbox outbox;
  private final StartClaims claims;

  /** The shared parts of the server that this capability stands on. */
  public record Ground(
      Database database, Engine engine, Outbox outbox, EventBus events, Audit audit) {}

  /**
   * What other capabilities tell this one.
   *
   * @param sites whether there is a site of that id
   */
  public record Neighbours(
      WorkflowLookup workflows,
      Predicate<String> sites,
      RunParts parts,
      InDoubtDecisions inDoubt) {}

  /** Wires the parts. */
  public Runs(Ground ground, Neighbours neighbours) {
    database = ground.database();
    outbox = ground.outbox();
    claims = new StartClaims(database);
    Audit audit = ground.audit();
    WorkflowLookup workflows = neighbours.workflows();
    StartCommands starts =
        new StartCommands(database, ground.engine(), outbox, ground.events(), claims);
    starter = new RunStarter(database, outbox, starts, workflows, neighbours.sites(), audit);
    changes = new RunChanges(database, outbox, neighbours.sites(), audit);
    list = new RunList(database);
    incidents = new IncidentList(database, workflows);
    details = new RunDetails(database, list, incidents, neighbours.parts(), workflows);
    repair =
        new IncidentRepair(
            database, ground.engine(), outbox, incidents, neighbours.inDoubt(), audit);
    messages = new Messages(ground.engine());
    CancelCommands cancels = new CancelCommands(database, ground.engine());
    outbox.register(RunStarter.START_KIND, starts);
    outbox.register(RunChanges.CANCEL_KIND, cancels::cancelRun);
    outbox.register(Projector.DUPLICATE_KIND, cancels::cancelDuplicate);
    outbox.register(IncidentRepair.RESOLVE_KIND, repair::command);
  }

  /** Starts runs. */
  public RunStarter starter() {
    return starter;
  }

  /** Cancels and adopts runs. */
  public RunChanges changes() {
    return changes;
  }

  /** Lists runs. */
  public RunList list() {
    return list;
  }

  /** Shows all of one run. */
  public RunDetails details() {
    return details;
  }

  /** Lists incidents. */
  public IncidentList incidents() {
    return incidents;
  }

  /** Resolves incidents. */
  public IncidentRepair repair() {
    return repair;
  }

  /** Publishes messages. */
  public Messages messages() {
    return messages;
  }

  /**
   * What steps learn of their runs.
   *
   * @param sites finds a site by its id
   */
  public RunContexts contexts(Function<String, Optional<Site>> sites) {
    return new StoredRunContexts(database, outbox, claims, sites);
  }

  /** The HTTP operations. */
  public List<Operation> operations() {
    return new RunOperations(
            database,
            new RunOperations.Parts(
                starter,
                changes,
                list,
                new RunCounts(database),
                details,
                incidents,
                repair,
                messages))
        .operations();
  }
}
