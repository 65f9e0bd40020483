package dev.segue.server.workflows;

import dev.segue.server.people.Audit;
import dev.segue.server.storage.Database;

/** Pauses workflows: a paused one starts no new runs; what runs goes on. */
public final class WorkflowPause {

  private final Database database;
  private final Audit audit;

  WorkflowPause(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Pauses or resumes a workflow; nothing happens if it is so already. */
  public void set(String workflowId, boolean paused, String by) {
    database.inTransaction(
        tx -> {
          int changed =
              tx.execute(
                  """
                  update segue.workflow set paused = ?, updated_at = now()
                  where workflow_id = ? and paused <> ?\
                  """,
                  paused,
                  workflowId,
                  paused);
          if (changed == 1) {
            String action = paused ? "workflow.pause" : "workflow.resume";
            audit.record(tx, by, action, "workflow", workflowId);
          }
        });
  }
}
