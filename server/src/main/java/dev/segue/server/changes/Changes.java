package dev.segue.server.changes;

import dev.segue.server.http.Operation;
import dev.segue.server.storage.Database;
import java.util.List;

/** What the rest of the server sees of changes. Thread-safe. */
public final class Changes {

  private final ChangeSets sets = new ChangeSets();
  private final Decisions decisions = new Decisions(sets);
  private final ChangeViews views = new ChangeViews(sets);
  private final ChangeEdits edits;
  private final ChangeOperations operations;

  /**
   * Puts changes together.
   *
   * @param database holds sets and decisions
   * @param check has edited changes checked by their step
   */
  public Changes(Database database, ChangeCheck check) {
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

  /** Lists who answers the contract's operations on changes. */
  public List<Operation> operations() {
    return operations.operations();
  }
}
