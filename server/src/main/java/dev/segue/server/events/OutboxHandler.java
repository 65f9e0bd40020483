package dev.segue.server.events;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does one kind of thing that was enqueued. It may be called again for an entry that it has done
 * (when a server dies before the entry is struck off), by any server, so it must be idempotent; but
 * never by two at once. Blocks as it likes, on a virtual thread that is interrupted when the server
 * stops.
 */
@FunctionalInterface
public interface OutboxHandler {

  /**
   * Does it.
   *
   * @throws Exception to be called again after a growing while; the message is kept with the entry
   */
  Outcome handle(Entry entry) throws Exception;

  /**
   * What to do.
   *
   * @param id rises with the order of enqueueing
   * @param ref what it is about, such as a run's id
   * @param attempt counted from 1
   */
  record Entry(long id, String kind, String ref, ObjectNode payload, int attempt) {}

  /** How it went. */
  sealed interface Outcome {

    /** Done, or there is nothing to do any more. */
    record Done() implements Outcome {}

    /** Not yet: call again after that time. */
    record Again(Duration after) implements Outcome {}
  }

  /** Done. */
  static Outcome done() {
    return new Outcome.Done();
  }

  /** Not yet. */
  static Outcome again(Duration after) {
    return new Outcome.Again(after);
  }
}
