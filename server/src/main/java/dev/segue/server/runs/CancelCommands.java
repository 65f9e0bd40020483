package dev.segue.server.runs;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Commands the engine to cancel what somebody wants cancelled. */
final class CancelCommands {

  private static final Duration UNTIL_STARTED = Duration.ofMillis(500);

  private final Database database;
  private final Engine engine;

  CancelCommands(Database database, Engine engine) {
    this.database = database;
    this.engine = engine;
  }

  /** Cancels the run whose id is the entry's ref; waits for one that is about to start. */
  OutboxHandler.Outcome cancelRun(OutboxHandler.Entry entry) {
    Optional<RunRow> run = RunRow.find(database.jooq(), UUID.fromString(entry.ref()));
    if (run.isEmpty() || run.get().isOver()) {
      return OutboxHandler.done();
    }
    Long key = run.get().processInstanceKey();
    if (key == null) {
      return OutboxHandler.again(UNTIL_STARTED);
    }
    cancel(key);
    return OutboxHandler.done();
  }

  /** Cancels the process instance whose key is the entry's ref. */
  OutboxHandler.Outcome cancelDuplicate(OutboxHandler.Entry entry) {
    cancel(Long.parseLong(entry.ref()));
    return OutboxHandler.done();
  }

  private void cancel(long key) {
    try {
      engine.cancel(key);
    } catch (EngineException e) {
      // What is gone needs no cancelling.
      if (e.kind() != EngineException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
