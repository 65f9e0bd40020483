package dev.segue.server.notices;

import java.time.Instant;
import java.util.UUID;

/**
 * A message to one person or channel.
 *
 * @param reason {@link #OPENED}, {@link #OVERDUE}, or {@link #DELEGATED} and the action's id
 * @param recipient a username; the connection's name for a chat
 * @param isWaiting whether it is still to be sent
 */
record Notice(
    UUID id,
    long userTaskKey,
    String reason,
    Channel channel,
    String recipient,
    boolean isWaiting,
    Instant createdAt) {

  static final String OPENED = "opened";
  static final String OVERDUE = "overdue";
  static final String DELEGATED = "delegated:";

  /** Under which the journal knows it: the same for the same matter, however often it is sent. */
  String key() {
    return "notice-%d-%s-%s-%s".formatted(userTaskKey, reason, channel.label(), recipient);
  }
}
