package dev.segue.server.approvals;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.server.changes.Decisions;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.storage.Database;
import java.time.Duration;

/**
 * Completes a decided user task in the engine, then puts the decision in force; a decision that
 * lost to a timer or a cancellation becomes void. Repeating it changes nothing.
 */
final class ApprovalCompletion implements OutboxHandler {

  private static final Duration UNTIL_HISTORY_KNOWS = Duration.ofMillis(200);

  private final Database database;
  private final Engine engine;
  private final ApprovalStore store;
  private final Decisions decisions;
  private final EventBus events;

  ApprovalCompletion(
      Database database, Engine engine, ApprovalStore store, Decisions decisions, EventBus events) {
    this.database = database;
    this.engine = engine;
    this.store = store;
    this.decisions = decisions;
    this.events = events;
  }

  @Override
  public Outcome handle(Entry entry) {
    long key = Long.parseLong(entry.ref());
    String voteId = entry.payload().path("voteId").asString();
    try {
      engine.completeTask(key, entry.payload().path("variables").toString(), voteId);
    } catch (EngineException e) {
      return switch (e.kind()) {
        case NOT_FOUND, CONFLICT -> findOut(key, voteId);
        default -> throw e;
      };
    }
    return confirm(key);
  }

  /** The task is gone: by an earlier attempt of ours, or by something else. */
  private Outcome findOut(long key, String voteId) {
    Approval approval = store.find(database.jooq(), key).orElseThrow();
    if (approval.isOpen()) {
      return OutboxHandler.again(UNTIL_HISTORY_KNOWS);
    }
    if (voteId.equals(approval.completedAction())) {
      return confirm(key);
    }
    String reason =
        approval.engineState().equals("completed")
            ? "The approval was decided elsewhere first."
            : "The approval had ended before the decision arrived, by a timer or a cancellation.";
    database.transaction(
        tx -> {
          decisions.invalidate(tx, key, reason);
          events.publish(tx, new ApprovalSettled(key, false));
          return null;
        });
    return OutboxHandler.done();
  }

  private Outcome confirm(long key) {
    database.transaction(
        tx -> {
          decisions.confirm(tx, key);
          events.publish(tx, new ApprovalSettled(key, true));
          return null;
        });
    return OutboxHandler.done();
  }
}
