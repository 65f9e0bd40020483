package dev.segue.server.changes;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepType;
import dev.segue.runtime.call.StepFailure;
import dev.segue.sdk.Site;
import dev.segue.server.events.Alarms;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.http.Principal;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.steps.HostSteps;
import dev.segue.server.steps.RunContext;
import dev.segue.server.steps.RunMode;
import dev.segue.server.storage.Database;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Undoes change sets outside of any diagram: plans the inverse set, takes the decision on it, and
 * has it applied. Thread-safe; each call blocks.
 */
final class Undos {

  /** The kind of alarm of an undo that waits for a decision; its subject is the undo's id. */
  private static final String WAITING = "undo-waiting";

  private final Means means;
  private final ChangeSets sets;
  private final Decisions decisions;
  private final Doubts doubts;
  private final UndoPlanner planner;

  /**
   * What undoing needs.
   *
   * @param steps calls the plugins
   * @param sites finds a site by its id
   */
  record Means(
      Database database,
      HostSteps steps,
      Function<String, Optional<Site>> sites,
      Outbox outbox,
      Audit audit) {}

  Undos(Means means, ChangeSets sets, Decisions decisions, Doubts doubts, UndoPlanner planner) {
    this.means = means;
    this.sets = sets;
    this.decisions = decisions;
    this.doubts = doubts;
    this.planner = planner;
  }

  /**
   * Plans what takes a set back; it waits for a decision then.
   *
   * @param person who asks
   * @param set was applied
   * @param skipIrreversible whether to leave out changes that cannot be taken back
   * @param reason why, for the audit trail
   * @return the set that takes it back
   * @throws ApiException 409 if there is nothing to undo or no way back, 503 if no plugin serves it
   */
  StoredChangeSet plan(
      Principal person, StoredChangeSet set, boolean skipIrreversible, String reason) {
    if (set.simulated()) {
      throw ApiException.conflict("This change set was only rehearsed; nothing is in force.");
    }
    StoredChangeSet undo = stored(ask(person, set, skipIrreversible));
    means
        .database()
        .inTransaction(
            tx -> {
              Alarms.raise(tx, WAITING, undo.id().toString(), waiting(person, set, undo));
              record(
                  tx,
                  person,
                  "change-set.undo",
                  set,
                  Json.object().put("undo", undo.id().toString()).put("reason", reason));
            });
    return undo;
  }

  /** No diagram asks for it, so that nobody would hear of it. */
  private static String waiting(Principal person, StoredChangeSet set, StoredChangeSet undo) {
    return "%s wants to take back \"%s\". Read what that changes (segue changes show %s), then approve or reject it (segue changes approve %s)."
        .formatted(person.username(), set.title(), undo.id(), undo.id());
  }

  private UndoPlanner.Result ask(Principal person, StoredChangeSet set, boolean skip) {
    try {
      return means
          .steps()
          .<UndoPlanner.Result>with(
              part(set, "undo"),
              context(set, means.sites()),
              (binding, version, how) ->
                  planner.plan(
                      (StepBinding.Changing) binding,
                      set,
                      skip,
                      how.apply("undo-" + set.id()),
                      new UndoPlanner.Origin(
                          null, null, null, null, version, false, person.username())))
          .orElseThrow(
              () ->
                  ApiException.conflict(
                      "No loaded plugin can undo what %s did: the step declares no inverse, or its plugin is not enabled."
                          .formatted(set.stepType())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("The server stops; try again.");
    }
  }

  private static StoredChangeSet stored(UndoPlanner.Result result) {
    return switch (result) {
      case UndoPlanner.Result.Stored(StoredChangeSet undo) -> undo;
      case UndoPlanner.Result.Refused(String code, String why) -> throw ApiException.conflict(why);
      case UndoPlanner.Result.Failed(StepFailure failure) ->
          throw ApiException.unavailable("The undo could not be planned: " + failure.message());
    };
  }

  /**
   * Takes a person's decision on a set that no diagram waits for.
   *
   * @param person who decides
   * @param set is planned
   * @param hash of the list that the person saw
   * @throws ApiException 409 if the set is another by now, or not open
   */
  void decide(
      Principal person, StoredChangeSet set, boolean approves, String hash, String comment) {
    refuseRuns(set, "Decide its approval instead; see `approvals list`.");
    if (!set.hash().equals(hash)) {
      throw ApiException.conflict(
          "The changes are not those that you read. Look at them again, then decide.");
    }
    means
        .database()
        .inTransaction(
            tx -> {
              if (!decisions.decideAtOnce(tx, set, approves, person.username(), comment)) {
                throw ApiException.conflict(
                    "Change set %s waits for no decision any more.".formatted(set.id()));
              }
              Alarms.clear(tx, WAITING, set.id().toString());
              if (approves) {
                means.outbox().enqueue(tx, UndoApplier.KIND, set.id().toString(), Json.object());
              }
              record(
                  tx,
                  person,
                  approves ? "change-set.approve" : "change-set.reject",
                  set,
                  Json.object().put("hash", set.hash()).put("comment", comment));
            });
  }

  /**
   * Takes a person's word on changes of which nobody knows whether they happened, and goes on.
   *
   * @throws ApiException 409 if nothing is in doubt
   */
  void settle(Principal person, StoredChangeSet set, Doubts.Finding finding, String comment) {
    refuseRuns(set, "Resolve the incident of its run instead; see `incidents list`.");
    means
        .database()
        .inTransaction(
            tx -> {
              if (!doubts.settleSet(tx, set.id(), finding, person.username())) {
                throw ApiException.conflict(
                    "Nothing is in doubt about change set %s.".formatted(set.id()));
              }
              means.outbox().enqueue(tx, UndoApplier.KIND, set.id().toString(), Json.object());
              record(
                  tx,
                  person,
                  "change-set.settle",
                  set,
                  Json.object().put("finding", finding.name()).put("comment", comment));
            });
  }

  private static void refuseRuns(StoredChangeSet set, String instead) {
    if (set.runId() != null) {
      throw ApiException.conflict(
          "Change set %s belongs to run %s. %s".formatted(set.id(), set.runId(), instead));
    }
  }

  private void record(
      DSLContext tx, Principal person, String action, StoredChangeSet set, ObjectNode detail) {
    means
        .audit()
        .record(
            tx,
            new AuditEntry(person.username(), action, "change-set", set.id().toString(), detail));
  }

  /** One of the step types that a change step is served as. */
  static String part(StoredChangeSet set, String part) {
    StepType whole = StepType.parse(set.stepType());
    return new StepType(whole.plugin(), whole.action() + "." + part, whole.major()).toString();
  }

  /** What stands in for the run where there is none. */
  static RunContext context(StoredChangeSet set, Function<String, Optional<Site>> sites) {
    return new RunContext(
        set.id().toString(),
        0,
        "",
        RunMode.LIVE,
        Optional.ofNullable(set.siteId()).flatMap(sites),
        Optional.empty());
  }
}
