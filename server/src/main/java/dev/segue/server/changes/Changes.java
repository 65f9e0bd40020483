package dev.segue.server.changes;

import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.http.Operation;
import dev.segue.server.steps.JobRunner;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.UUID;

/** What the rest of the server sees of changes. Thread-safe. */
public final class Changes {

  private final ChangeSets sets = new ChangeSets();
  private final Decisions decisions = new Decisions(sets);
  private final ChangeViews views = new ChangeViews(sets);
  private final Doubts doubts = new Doubts(sets);
  private final ChangeEdits edits;
  private final JobRunner plan;
  private final JobRunner apply;
  private final ChangeOperations operations;

  /**
   * Puts changes together.
   *
   * @param database holds sets and decisions
   * @param serverId this server, as owner of attempts
   * @param invoker calls the steps
   * @param check has edited changes checked by their step
   */
  public Changes(Database database, UUID serverId, StepInvoker invoker, ChangeCheck check) {
    ApplyLedger ledger = new ApplyLedger(database, serverId);
    this.plan = new PlanRunner(database, sets, invoker);
    this.apply =
        new ApplyRunner(
            database, sets, new ChangeApplier(database, sets, ledger, invoker), invoker);
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

  /** What people find out about changes in doubt. */
  public Doubts doubts() {
    return doubts;
  }

  /** Lists who answers the contract's operations on changes. */
  public List<Operation> operations() {
    return operations.operations();
  }
}
