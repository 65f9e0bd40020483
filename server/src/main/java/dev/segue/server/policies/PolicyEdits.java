package dev.segue.server.policies;

import dev.segue.server.events.Alarms;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes policies, by people and by themselves; each change with its entry in the audit trail. */
final class PolicyEdits {

  private static final String FELL = "policy-fell";

  private final Database database;
  private final PolicyRows rows;
  private final Audit audit;
  private final InstantSource clock;

  PolicyEdits(Database database, PolicyRows rows, Audit audit, InstantSource clock) {
    this.database = database;
    this.rows = rows;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Adds or replaces a policy for a person. What was decided before counts no more against it.
   *
   * @param version which version is replaced; empty to add one
   */
  Policy put(String id, PolicyContent content, Optional<Integer> version, String by) {
    try {
      return database.transaction(
          tx -> {
            Optional<Policy> old = rows.lock(tx, id);
            if (old.isEmpty() && version.isPresent()) {
              throw ApiException.notFound("policy", id);
            }
            if (old.isPresent() && !version.equals(old.map(Policy::version))) {
              throw ApiException.edited("The policy " + id);
            }
            Policy made = made(id, content, old.orElse(null), by);
            rows.save(tx, made);
            Alarms.clear(tx, FELL, id);
            record(tx, by, old.isEmpty() ? "policy.create" : "policy.change", made, "");
            return made;
          });
    } catch (IntegrityConstraintViolationException twice) {
      throw ApiException.conflict(
          "Another policy speaks of %s in %s. Change that one, or remove it."
              .formatted(content.changes(), content.workflow()));
    }
  }

  private Policy made(String id, PolicyContent content, @Nullable Policy old, String by) {
    Instant now = clock.instant();
    return new Policy(
        id,
        content.workflow(),
        content.changes(),
        content.level(),
        content.limitsOrNone(),
        content.fallbackOrDefault(),
        now,
        null,
        old == null ? null : old.pause(),
        old == null ? 1 : old.version() + 1,
        by,
        now);
  }

  void remove(String id, String by) {
    database.inTransaction(
        tx -> {
          Policy found = rows.lock(tx, id).orElseThrow(() -> ApiException.notFound("policy", id));
          rows.delete(tx, id);
          Alarms.clear(tx, FELL, id);
          record(tx, by, "policy.remove", found, "");
        });
  }

  /** Pauses or resumes it; nothing happens if it is so already. */
  void pause(String id, boolean paused, String reason, String by) {
    database.inTransaction(
        tx -> {
          Policy found = rows.lock(tx, id).orElseThrow(() -> ApiException.notFound("policy", id));
          if (paused == (found.pause() != null)) {
            return;
          }
          rows.pause(tx, id, paused ? new Policy.Pause(by, clock.instant(), reason) : null);
          record(tx, by, paused ? "policy.pause" : "policy.resume", found, reason);
        });
  }

  /** Pauses or resumes all; nothing happens if they are so already. */
  void pauseAll(boolean paused, String reason, String by) {
    database.inTransaction(
        tx -> {
          if (rows.pauseAll(tx, paused, new Policy.Pause(by, clock.instant(), reason))) {
            String action = paused ? "policies.pause" : "policies.resume";
            ObjectNode detail = Json.object().put("reason", reason);
            audit.record(tx, new AuditEntry(by, action, "policy", "all", detail));
          }
        });
  }

  /**
   * Lets a policy fall one level if the evidence is against it.
   *
   * @param tx a transaction that has locked it
   * @return as it is now
   */
  Policy reconsider(DSLContext tx, Policy policy, Instant now) {
    Optional<Level> below = policy.level().below();
    if (below.isEmpty() || policy.pause() != null) {
      return policy;
    }
    Optional<String> against = new Evidence().against(tx, policy, now);
    if (against.isEmpty()) {
      return policy;
    }
    Policy fallen = policy.fallen(below.get(), against.get(), now);
    rows.save(tx, fallen);
    Alarms.raise(
        tx,
        FELL,
        policy.id(),
        "The policy %s fell from %s to %s. %s Look at its decisions, then write it anew (segue policies put)."
            .formatted(policy.id(), policy.level().word(), fallen.level().word(), against.get()));
    record(tx, policy.actor(), "policy.fall", fallen, against.get());
    return fallen;
  }

  private void record(DSLContext tx, String by, String action, Policy policy, String reason) {
    ObjectNode detail = Json.object();
    detail.put("workflow", policy.workflowId());
    detail.put("changes", policy.changes());
    detail.put("level", policy.level().word());
    detail.put("version", policy.version());
    detail.set("limits", Json.tree(policy.limits()));
    if (!reason.isEmpty()) {
      detail.put("reason", reason);
    }
    audit.record(tx, new AuditEntry(by, action, "policy", policy.id(), detail));
  }
}
