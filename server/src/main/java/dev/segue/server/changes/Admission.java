package dev.segue.server.changes;

import dev.segue.runtime.changes.ContentHash;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.steps.JobOutcome;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a set be applied under a decision for its very hash. Where the diagram asks nobody, it takes
 * that decision itself.
 */
final class Admission {

  private static final Duration UNTIL_CONFIRMED = Duration.ofMillis(500);
  private static final String DIAGRAM = "the diagram";

  private final Database database;
  private final ChangeSets sets;
  private final ApplyRule rule;
  private final Audit audit;

  Admission(Database database, ChangeSets sets, ApplyRule rule, Audit audit) {
    this.database = database;
    this.sets = sets;
    this.rule = rule;
    this.audit = audit;
  }

  /**
   * Looks for the decision.
   *
   * @param asksNobody whether the diagram says that none is needed
   * @return why the set may not be applied now; empty if it may
   */
  Optional<JobOutcome> refusal(StoredChangeSet set, boolean asksNobody) {
    String hash = ContentHash.of(sets.content(database.jooq(), set), set.connections());
    if (!hash.equals(set.hash())) {
      return Optional.of(
          new JobOutcome.Incident(
              "Change set "
                  + set.id()
                  + " was altered in the database after it was planned; plan it again."));
    }
    Optional<Decision> decision = sets.approval(database.jooq(), set.id(), hash);
    if (decision.isEmpty() && asksNobody) {
      return approve(set);
    }
    if (decision.isEmpty()) {
      return Optional.of(
          new JobOutcome.Incident(
              "Nobody has approved change set "
                  + set.id()
                  + ". Put an approval with the header segue.changes before this step, or mark the"
                  + " step with the header segue.approval = none."));
    }
    return decision.get().state() == Decision.State.FINAL
        ? Optional.empty()
        : Optional.of(
            new JobOutcome.Later(
                UNTIL_CONFIRMED, "the engine has yet to confirm the decision on " + set.id()));
  }

  private Optional<JobOutcome> approve(StoredChangeSet set) {
    return database.transaction(
        tx -> {
          Optional<String> refusal = rule.refusal(tx, set);
          if (refusal.isEmpty()) {
            sets.approveByPolicy(tx, set, "policy", DIAGRAM);
            record(tx, set);
          }
          return refusal.map(JobOutcome.Incident::new);
        });
  }

  private void record(DSLContext tx, StoredChangeSet set) {
    ObjectNode detail = Json.object().put("by", DIAGRAM).put("hash", set.hash());
    audit.record(
        tx,
        new AuditEntry(
            AuditEntry.SERVER, "change-set.approve", "change-set", set.id().toString(), detail));
  }
}
