package dev.segue.server.runs;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.Message;
import dev.segue.server.http.ApiException;

/** Publishes messages for waiting or new runs. */
public final class Messages {

  private final Engine engine;

  /** Publishes to that engine. */
  public Messages(Engine engine) {
    this.engine = engine;
  }

  /**
   * Publishes a message.
   *
   * @return the engine's key of it
   * @throws ApiException 409 if one with its id is there already, 422 if the engine refuses it, 503
   *     if the engine is away
   */
  public long publish(Message message) {
    try {
      return engine.publish(message);
    } catch (EngineException e) {
      throw explain(message, e);
    }
  }

  private static ApiException explain(Message message, EngineException e) {
    return switch (e.kind()) {
      case CONFLICT ->
          ApiException.conflict(
              "A message %s with the id %s was published already."
                  .formatted(message.name(), message.messageId()));
      case INVALID, TOO_LARGE, NOT_FOUND, DENIED ->
          ApiException.invalid(String.valueOf(e.getMessage()));
      case UNAVAILABLE, INTERNAL ->
          ApiException.unavailable(
              e.uncertain()
                  ? "The engine's answer was lost, so the message may have been published. Give it an id to be able to repeat it safely."
                  : "The engine is not available: " + e.getMessage());
    };
  }
}
