package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.DECISION;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what people and policies decide. Methods take the transaction they are part of.
 * Thread-safe.
 */
public final class Decisions {

  private final ChangeSets sets;

  /**
   * Makes the writer.
   *
   * @param sets moved to their next state when a decision is in force
   */
  public Decisions(ChangeSets sets) {
    this.sets = sets;
  }

  /**
   * What somebody says to an approval.
   *
   * @param id identifies the vote; each set under decision gets a row of its own
   * @param userTaskKey the approval
   * @param approves whether it says yes
   * @param byKind {@code person} or {@code simulation}
   * @param by username, or the name of what decides
   * @param comment free text; may be empty
   * @param form what was filled in
   */
  public record Vote(
      UUID id,
      long userTaskKey,
      boolean approves,
      String byKind,
      String by,
      String comment,
      ObjectNode form) {}

  /**
   * Records a vote on change sets, or on an approval that has none.
   *
   * @param tx the transaction
   * @param vote who says what
   * @param covered the sets under decision; may be empty
   */
  public void record(DSLContext tx, Vote vote, List<StoredChangeSet> covered) {
    if (covered.isEmpty()) {
      insert(tx, vote, vote.id(), null);
    }
    for (StoredChangeSet set : covered) {
      insert(tx, vote, UUID.randomUUID(), set);
    }
  }

  /**
   * Records a person's decision on a set that no approval covers; it is in force at once.
   *
   * @param tx the transaction
   * @param set the set as the person saw it
   * @param approves whether it may be applied
   * @param by username
   * @param comment free text; may be empty
   * @return false if the set is not planned any more; nothing is written then
   */
  boolean decideAtOnce(
      DSLContext tx, StoredChangeSet set, boolean approves, String by, String comment) {
    ChangeSetState next = approves ? ChangeSetState.APPROVED : ChangeSetState.REJECTED;
    if (!sets.move(tx, set.id(), ChangeSetState.PLANNED, next)) {
      return false;
    }
    UUID id = UUID.randomUUID();
    tx.insertInto(DECISION)
        .set(DECISION.DECISION_ID, id)
        .set(DECISION.VOTE_ID, id)
        .set(DECISION.SET_ID, set.id())
        .set(DECISION.HASH, set.hash())
        .set(DECISION.OUTCOME, approves ? "approved" : "rejected")
        .set(DECISION.BY_KIND, "person")
        .set(DECISION.DECIDED_BY, by)
        .set(DECISION.COMMENT, comment)
        .set(DECISION.STATE, "final")
        .set(DECISION.SETTLED_AT, Instant.now())
        .execute();
    return true;
  }

  /**
   * Counts the people who have approved and whose vote still counts.
   *
   * @param tx the transaction
   * @param userTaskKey the approval
   * @return the number of people
   */
  public int approvals(DSLContext tx, long userTaskKey) {
    return tx.fetchCount(
        tx.selectDistinct(DECISION.DECIDED_BY)
            .from(DECISION)
            .where(DECISION.USER_TASK_KEY.eq(userTaskKey))
            .and(DECISION.OUTCOME.eq("approved"))
            .and(DECISION.STATE.ne("void")));
  }

  /**
   * Says that the votes of one side settle the matter, as soon as the engine agrees.
   *
   * @param tx the transaction
   * @param userTaskKey the approval
   * @param approved which side
   */
  public void deciding(DSLContext tx, long userTaskKey, boolean approved) {
    tx.update(DECISION)
        .set(DECISION.STATE, "deciding")
        .where(DECISION.USER_TASK_KEY.eq(userTaskKey))
        .and(DECISION.OUTCOME.eq(approved ? "approved" : "rejected"))
        .and(DECISION.STATE.eq("vote"))
        .execute();
  }

  /**
   * Puts what was being decided in force: its sets may be applied, or never will be.
   *
   * @param tx the transaction
   * @param userTaskKey the approval
   */
  public void confirm(DSLContext tx, long userTaskKey) {
    List<Settled> settled = settle(tx, "final", null, ofTask(userTaskKey, "deciding"));
    for (Settled row : settled) {
      if (row.set() != null) {
        sets.move(
            tx,
            row.set(),
            ChangeSetState.PLANNED,
            row.approved() ? ChangeSetState.APPROVED : ChangeSetState.REJECTED);
      }
    }
    voidVotes(tx, userTaskKey, "The matter was settled without this vote.");
  }

  /**
   * Takes all force from what was said to an approval.
   *
   * @param tx the transaction
   * @param userTaskKey the approval
   * @param reason why, for those who voted
   * @return how many rows lost their force
   */
  public int invalidate(DSLContext tx, long userTaskKey, String reason) {
    return settle(tx, "void", reason, ofTask(userTaskKey, "deciding", "vote")).size();
  }

  private void voidVotes(DSLContext tx, long userTaskKey, String reason) {
    settle(tx, "void", reason, ofTask(userTaskKey, "vote"));
  }

  private record Settled(@Nullable UUID set, boolean approved) {}

  private static Condition ofTask(long userTaskKey, String... states) {
    return DECISION.USER_TASK_KEY.eq(userTaskKey).and(DECISION.STATE.in(states));
  }

  private static List<Settled> settle(
      DSLContext tx, String state, @Nullable String reason, Condition which) {
    return tx.update(DECISION)
        .set(DECISION.STATE, state)
        .set(DECISION.SETTLED_AT, Instant.now())
        .set(DECISION.VOID_REASON, reason)
        .where(which)
        .returning(DECISION.SET_ID, DECISION.OUTCOME)
        .fetch(row -> new Settled(row.getSetId(), row.getOutcome().equals("approved")));
  }

  private static void insert(
      DSLContext tx, Vote vote, UUID decisionId, @Nullable StoredChangeSet set) {
    tx.insertInto(DECISION)
        .set(DECISION.DECISION_ID, decisionId)
        .set(DECISION.VOTE_ID, vote.id())
        .set(DECISION.SET_ID, set == null ? null : set.id())
        .set(DECISION.HASH, set == null ? null : set.hash())
        .set(DECISION.USER_TASK_KEY, vote.userTaskKey())
        .set(DECISION.OUTCOME, vote.approves() ? "approved" : "rejected")
        .set(DECISION.BY_KIND, vote.byKind())
        .set(DECISION.DECIDED_BY, vote.by())
        .set(DECISION.COMMENT, vote.comment())
        .set(DECISION.FORM, JSONB.valueOf(vote.form().toString()))
        .set(DECISION.STATE, "vote")
        .execute();
  }
}
