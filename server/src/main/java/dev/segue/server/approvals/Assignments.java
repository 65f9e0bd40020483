package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.segue.Tables.APPROVAL_ACTION;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.server.events.Outbox;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Claims, releases and hands over approvals. The row is committed first, then the engine assigns;
 * until history tells of it, reads merge the row. Thread-safe.
 */
final class Assignments implements OutboxHandler {

  /** The outbox kind under which the engine is told. */
  static final String ASSIGN = "approval.assign";

  private final Database database;
  private final Engine engine;
  private final ApprovalStore store;
  private final Outbox outbox;
  private final Audit audit;
  private final Delegates delegates;

  Assignments(
      Database database,
      Engine engine,
      ApprovalStore store,
      Outbox outbox,
      Audit audit,
      Delegates delegates) {
    this.database = database;
    this.engine = engine;
    this.store = store;
    this.outbox = outbox;
    this.audit = audit;
    this.delegates = delegates;
  }

  void claim(Principal person, long userTaskKey) {
    Approval approval = open(userTaskKey);
    Eligibility.refusal(person, approval)
        .ifPresent(
            reason -> {
              throw ApiException.conflict(reason);
            });
    request(person, approval, "claim", person.username());
  }

  void release(Principal person, long userTaskKey) {
    Approval approval = open(userTaskKey);
    requireHolder(person, approval);
    request(person, approval, "unclaim", null);
  }

  void delegate(Principal person, long userTaskKey, String to) {
    Approval approval = open(userTaskKey);
    requireHolder(person, approval);
    request(person, approval, "delegate", delegates.require(approval, to).username());
  }

  @Override
  public Outcome handle(Entry entry) {
    UUID actionId = UUID.fromString(entry.payload().path("actionId").asString());
    long key = Long.parseLong(entry.ref());
    try {
      String assignee = entry.payload().path("assignee").asString("");
      if (assignee.isEmpty()) {
        engine.unassign(key);
      } else {
        engine.assign(key, assignee, true, "assign");
      }
      done(actionId, null);
    } catch (EngineException e) {
      switch (e.kind()) {
        case NOT_FOUND, CONFLICT, INVALID ->
            done(actionId, "The approval had ended before it could be handed over.");
        default -> throw e;
      }
    }
    return OutboxHandler.done();
  }

  private void request(
      Principal person, Approval approval, String action, @Nullable String assignee) {
    UUID id = UUID.randomUUID();
    database.transaction(
        tx -> {
          tx.insertInto(APPROVAL_ACTION)
              .set(APPROVAL_ACTION.ACTION_ID, id)
              .set(APPROVAL_ACTION.USER_TASK_KEY, approval.userTaskKey())
              .set(APPROVAL_ACTION.ACTION, action)
              .set(APPROVAL_ACTION.ASSIGNEE, assignee)
              .set(APPROVAL_ACTION.REQUESTED_BY, person.username())
              .execute();
          ObjectNode payload = JsonNodeFactory.instance.objectNode();
          payload.put("actionId", id.toString());
          payload.put("assignee", assignee == null ? "" : assignee);
          outbox.enqueue(tx, ASSIGN, Long.toString(approval.userTaskKey()), payload);
          audit.record(
              tx,
              new AuditEntry(
                  person.username(),
                  "approval." + action,
                  "approval",
                  Long.toString(approval.userTaskKey()),
                  payload));
          return null;
        });
  }

  private void done(UUID actionId, @Nullable String error) {
    database
        .jooq()
        .update(APPROVAL_ACTION)
        .set(APPROVAL_ACTION.DONE_AT, Instant.now())
        .set(APPROVAL_ACTION.ERROR, error)
        .where(APPROVAL_ACTION.ACTION_ID.eq(actionId))
        .execute();
  }

  private Approval open(long userTaskKey) {
    Approval approval =
        store
            .find(database.jooq(), userTaskKey)
            .orElseThrow(() -> ApiException.notFound("approval", userTaskKey));
    if (!approval.isOpen()) {
      throw ApiException.conflict("This approval has ended; there is nothing to hand over.");
    }
    return approval.heldBy(store.holder(database.jooq(), approval));
  }

  private static void requireHolder(Principal person, Approval approval) {
    if (!person.has(Role.ADMIN) && !person.username().equals(approval.assignee())) {
      throw ApiException.conflict(
          approval.assignee() == null
              ? "Nobody has claimed this approval; claim it first."
              : approval.assignee() + " has claimed this approval; only they can hand it over.");
    }
  }
}
