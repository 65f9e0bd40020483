package dev.segue.server.approvals;

import java.time.Instant;
import java.util.UUID;

/**
 * What one person said to an approval.
 *
 * @param decisionId identifies the vote
 * @param approves whether it says yes
 * @param decidedBy username
 * @param comment free text; may be empty
 * @param state how far it has come
 * @param decidedAt when it was given
 */
record Vote(
    UUID decisionId,
    boolean approves,
    String decidedBy,
    String comment,
    State state,
    Instant decidedAt) {

  /** How far a vote has come. */
  enum State {
    /** Counted; the quorum isn't reached. */
    VOTE,
    /** Settled the matter; the engine has yet to confirm. */
    DECIDING,
    /** Confirmed by the engine. */
    FINAL,
    /** Lost to a timer or a cancellation. */
    VOID
  }
}
