package dev.segue.server.policies;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a kind of changes of a workflow may go without a person.
 *
 * @param id 2 to 80 characters of {@code [a-z0-9-]}
 * @param changes the change step without its major, such as {@code menu-models:set-prices}; {@code
 *     *} for all that no other policy of the workflow names
 * @param evidenceFrom decisions before this time say nothing about a fall
 * @param fellReason why it fell back; null unless it did since somebody last wrote it
 * @param pause null unless it is paused: people decide then
 * @param version counts the edits and falls, pauses not among them
 */
record Policy(
    String id,
    String workflowId,
    String changes,
    Level level,
    Limits limits,
    Fallback fallback,
    Instant evidenceFrom,
    @Nullable String fellReason,
    @Nullable Pause pause,
    int version,
    String changedBy,
    Instant changedAt) {

  static final String ALL = "*";

  /** Who paused it, when and why. */
  record Pause(String by, Instant at, String reason) {}

  /** Under which name it decides. */
  String actor() {
    return actor(id);
  }

  static String actor(String id) {
    return "policy:" + id;
  }

  /** The same, one level lower, by itself. */
  Policy fallen(Level to, String reason, Instant at) {
    return new Policy(
        id, workflowId, changes, to, limits, fallback, at, reason, pause, version + 1, actor(), at);
  }
}
