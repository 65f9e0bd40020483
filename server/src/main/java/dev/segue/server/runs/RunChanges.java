package dev.segue.server.runs;

import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What people change about runs that are there: they cancel them, and adopt strangers. */
public final class RunChanges {

  static final String CANCEL_KIND = "run.cancel";

  private final Database database;
  private final Outbox outbox;
  private final Predicate<String> sites;
  private final Audit audit;

  /**
   * Creates it.
   *
   * @param sites whether there is a site of that id
   */
  public RunChanges(Database database, Outbox outbox, Predicate<String> sites, Audit audit) {
    this.database = database;
    this.outbox = outbox;
    this.sites = sites;
    this.audit = audit;
  }

  /**
   * Has a run cancelled, with all that it called. At once it shows as {@code cancelling}; asking
   * again changes nothing.
   *
   * @param by the username
   * @throws ApiException 404 if there is no such run, 409 if it is over
   */
  public void cancel(UUID runId, String by, String reason) {
    database.inTransaction(
        tx -> {
          if (cancel(tx, runId, by, reason)) {
            ObjectNode detail = Json.object();
            detail.put("reason", reason);
            audit.record(tx, new AuditEntry(by, "run.cancel", "run", runId.toString(), detail));
          }
        });
  }

  /**
   * Has a run cancelled together with whatever else the caller's transaction holds, the audit trail
   * left to the caller.
   *
   * @return false if somebody has asked for that before
   * @throws ApiException as {@link #cancel(UUID, String, String)}
   */
  public boolean cancel(DSLContext tx, UUID runId, String by, String reason) {
    RunRow run = RunRow.lock(tx, runId).orElseThrow(() -> ApiException.notFound("run", runId));
    if (run.isOver()) {
      throw ApiException.conflict("The run %s is over already.".formatted(runId));
    }
    if (run.cancelRequested()) {
      return false;
    }
    tx.execute(
        """
        update segue.run set cancel_requested_at = now(), cancel_requested_by = ?, cancel_reason = ?
        where run_id = ?\
        """,
        by,
        reason,
        runId);
    outbox.enqueue(tx, CANCEL_KIND, runId.toString(), Json.object());
    return true;
  }

  /**
   * Says in which mode a run goes on that was started past Segue. Its steps with effects wait for
   * that. What it called goes on in the same mode.
   *
   * @param siteId the place of business; null for none
   * @throws ApiException 404 if there is no such run, 409 if its mode is known, 422 for a site that
   *     isn't there
   */
  public void adopt(UUID runId, RunMode mode, @Nullable String siteId, String by) {
    if (siteId != null && !sites.test(siteId)) {
      throw ApiException.invalid("site", "There is no site %s.".formatted(siteId));
    }
    database.inTransaction(
        tx -> {
          RunRow run =
              RunRow.lock(tx, runId).orElseThrow(() -> ApiException.notFound("run", runId));
          if (run.mode() != null) {
            throw ApiException.conflict(
                "The run %s is %s already; that can't be changed."
                    .formatted(runId, run.mode().label()));
          }
          tx.execute(
              """
              update segue.run set mode = ?, site_id = coalesce(?, site_id)
              where mode is null and (run_id = ? or root_run_id = ?)\
              """,
              mode.label(),
              siteId,
              runId,
              runId);
          ObjectNode detail = Json.object();
          detail.put("mode", mode.label());
          audit.record(tx, new AuditEntry(by, "run.adopt", "run", runId.toString(), detail));
        });
  }
}
