package dev.segue.server.changes;

import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Site;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.steps.HostSteps;
import dev.segue.server.steps.JobRunner;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What the rest of the server sees of changes. Thread-safe. */
public final class Changes {

  private final ChangeSets sets = new ChangeSets();
  private final Decisions decisions = new Decisions(sets);
  private final ChangeViews views = new ChangeViews(sets);
  private final Doubts doubts = new Doubts(sets);
  private final AbandonedSets abandoned;
  private final ChangeEdits edits;
  private final JobRunner plan;
  private final JobRunner apply;
  private final JobRunner undo;
  private final Database database;
  private final Audit audit;
  private final ChangeApplier applier;
  private final UndoPlanner undoPlanner;
  private final ChangeOperations operations;

  /**
   * Puts changes together.
   *
   * @param database holds sets and decisions
   * @param serverId this server, as owner of attempts
   * @param invoker calls the steps
   * @param check has edited changes checked by their step
   * @param audit keeps who decided what
   */
  public Changes(
      Database database, UUID serverId, StepInvoker invoker, ChangeCheck check, Audit audit) {
    this(database, serverId, invoker, check, audit, ApplyRule.NONE);
  }

  /**
   * Likewise, with a rule for changes about which their diagram asks nobody.
   *
   * @param rule may forbid that they are applied
   */
  public Changes(
      Database database,
      UUID serverId,
      StepInvoker invoker,
      ChangeCheck check,
      Audit audit,
      ApplyRule rule) {
    ApplyLedger ledger = new ApplyLedger(database, serverId);
    this.plan = new PlanRunner(database, sets, invoker);
    this.database = database;
    this.audit = audit;
    this.applier = new ChangeApplier(database, sets, ledger, invoker);
    Admission admission = new Admission(database, sets, rule, audit);
    this.apply = new ApplyRunner(database, sets, admission, applier, invoker);
    this.abandoned = new AbandonedSets(database, sets);
    this.undoPlanner = new UndoPlanner(database, sets, invoker);
    this.undo = new UndoRunner(database, sets, undoPlanner);
    this.edits = new ChangeEdits(database, sets, check);
    this.operations = new ChangeOperations(database, sets, views);
  }

  /** Where change sets are kept. */
  public ChangeSets sets() {
    return sets;
  }

  /** What people and policies have decided. */
  public Decisions decisions() {
    return decisions;
  }

  /** What an approver's edits make of a set. */
  public ChangeEdits edits() {
    return edits;
  }

  /** Sets and decisions as the API shows them. */
  public ChangeViews views() {
    return views;
  }

  /** Runs the jobs of {@code NAME.plan}. */
  public JobRunner planRunner() {
    return plan;
  }

  /** Runs the jobs of {@code NAME.apply}. */
  public JobRunner applyRunner() {
    return apply;
  }

  /** Runs the jobs of {@code NAME.undo}. */
  public JobRunner undoRunner() {
    return undo;
  }

  /**
   * Lets people undo change sets outside of any diagram. To be called once, before the outbox
   * starts.
   *
   * @param steps calls the plugins
   * @param sites finds a site by its id
   * @param outbox applies what was approved
   * @return who answers the contract's operations on undoing
   */
  public List<Operation> undoing(
      HostSteps steps, Function<String, Optional<Site>> sites, Outbox outbox) {
    outbox.register(UndoApplier.KIND, new UndoApplier(database, sets, applier, steps, sites));
    Undos undos =
        new Undos(
            new Undos.Means(database, steps, sites, outbox, audit),
            sets,
            decisions,
            doubts,
            undoPlanner);
    return new UndoOperations(database, sets, views, undos).operations();
  }

  /** What people find out about changes in doubt. */
  public Doubts doubts() {
    return doubts;
  }

  /**
   * Closes what a run that has ended left open; to be called at its end.
   *
   * @param runId the run
   */
  public void runEnded(UUID runId) {
    abandoned.closeOf(runId);
  }

  /** Catches up on runs that ended while no server listened. */
  public void catchUp() {
    abandoned.closeAll();
  }

  /** Lists who answers the contract's operations on changes. */
  public List<Operation> operations() {
    return operations.operations();
  }
}
