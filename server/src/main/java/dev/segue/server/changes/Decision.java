package dev.segue.server.changes;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on a change set, bound to its hash.
 *
 * @param id identifies the decision
 * @param setId the set, or null for an approval without changes
 * @param hash the hash that was decided on, or null as above
 * @param approved whether it may be applied
 * @param byKind {@code person}, {@code policy} or {@code simulation}
 * @param decidedBy the username, or the policy's name
 * @param state how far the decision has come
 */
public record Decision(
    UUID id,
    @Nullable UUID setId,
    @Nullable String hash,
    boolean approved,
    String byKind,
    String decidedBy,
    State state) {

  /** How far a decision has come. */
  public enum State {
    /** Counted; the quorum isn't reached. */
    VOTE,
    /** Settled the matter; the engine has yet to confirm. */
    DECIDING,
    /** In force. */
    FINAL,
    /** Lost to a timer or a cancellation; allows nothing. */
    VOID
  }
}
