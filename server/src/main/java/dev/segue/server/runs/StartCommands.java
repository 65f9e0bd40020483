package dev.segue.server.runs;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StartedRun;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.http.Json;
import dev.segue.server.runs.history.Projector;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands the engine to create what {@link RunStarter} promised. The engine can't tell a repeated
 * create from a new one, so a create whose answer was lost is left a while for its instance to show
 * up and claim the run; if none does, it is repeated, and an instance that finds the run claimed is
 * cancelled.
 */
final class StartCommands implements OutboxHandler {

  private static final Logger log = LoggerFactory.getLogger(StartCommands.class);
  private static final Duration UNTIL_HISTORY_KNOWS = Duration.ofSeconds(3);

  private final Database database;
  private final Engine engine;
  private final Outbox outbox;
  private final EventBus events;
  private final StartClaims claims;

  StartCommands(
      Database database, Engine engine, Outbox outbox, EventBus events, StartClaims claims) {
    this.database = database;
    this.engine = engine;
    this.outbox = outbox;
    this.events = events;
    this.claims = claims;
  }

  @Override
  public Outcome handle(Entry entry) {
    UUID runId = UUID.fromString(entry.ref());
    Optional<RunRow> found = RunRow.find(database.jooq(), runId);
    if (found.isEmpty() || found.get().processInstanceKey() != null || found.get().isOver()) {
      return OutboxHandler.done();
    }
    RunRow run = found.get();
    if (run.cancelRequested() && entry.attempt() == 1) {
      refuse(run, "It was cancelled before it began.");
      return OutboxHandler.done();
    }
    return begin(run, entry.payload().path("definition").asLong());
  }

  /** Commands it of a run that isn't in the engine, as far as anybody knows. */
  Outcome begin(RunRow run, long definition) {
    try {
      StartedRun started =
          engine.start(StartCommand.definition(definition, Json.text(variables(run))));
      claim(run, started.processInstanceKey());
      return OutboxHandler.done();
    } catch (EngineException e) {
      return failed(run, e);
    }
  }

  private Outcome failed(RunRow run, EngineException e) {
    if (e.uncertain()) {
      log.info("Whether run {} was created is uncertain: {}", run.runId(), e.getMessage());
      return OutboxHandler.again(UNTIL_HISTORY_KNOWS);
    }
    return switch (e.kind()) {
      case INVALID, NOT_FOUND, TOO_LARGE, DENIED, CONFLICT -> {
        refuse(run, "The engine refused it: " + e.getMessage());
        yield OutboxHandler.done();
      }
      case UNAVAILABLE, INTERNAL -> throw e;
    };
  }

  /** What the run begins with, and the context by which steps know it. */
  private static ObjectNode variables(RunRow run) {
    ObjectNode variables = Json.object().setAll(run.variables());
    ObjectNode context = variables.putObject(RunStarter.CONTEXT_VARIABLE);
    context.put("runId", run.runId().toString());
    if (run.mode() != null) {
      context.put("mode", run.mode().label());
    }
    if (run.siteId() != null) {
      context.put("site", run.siteId());
    }
    if (run.businessKey() != null) {
      context.put("businessKey", run.businessKey());
    }
    if (run.asOf() != null) {
      context.put("now", run.asOf().toString());
    }
    context.put("startedBy", run.startedBy());
    return variables;
  }

  private void claim(RunRow run, long key) {
    if (claims.claim(new StartClaims.Claim(run.runId(), run.workflowId(), key)).isPresent()) {
      return;
    }
    database.inTransaction(
        tx -> {
          if (!StartClaims.take(tx, run.runId(), key)) {
            outbox.enqueue(tx, Projector.DUPLICATE_KIND, Long.toString(key), Json.object());
          }
        });
  }

  private void refuse(RunRow run, String reason) {
    database.inTransaction(
        tx -> {
          int refused =
              tx.execute(
                  """
                  update segue.run set state = 'refused', error = ?
                  where run_id = ? and process_instance_key is null and state = 'starting'\
                  """,
                  reason,
                  run.runId());
          if (refused == 1) {
            events.publish(tx, new RunRefused(run.runId(), run.workflowId(), reason));
          }
        });
  }
}
