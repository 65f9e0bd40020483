package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE;

import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * The journal of applying: which change was begun by whom, and what became of it. Each method
 * commits before it returns. Thread-safe.
 */
final class ApplyLedger {

  private final Database database;
  private final UUID serverId;

  ApplyLedger(Database database, UUID serverId) {
    this.database = database;
    this.serverId = serverId;
  }

  /** Notes, all at once, which changes are not to be tried because they no longer fit. */
  void outdated(UUID set, List<ChangeProblem> problems) {
    database.inTransaction(
        tx ->
            problems.forEach(
                problem ->
                    write(
                        tx,
                        CHANGE
                            .SET_ID
                            .eq(set)
                            .and(CHANGE.ORDINAL.eq(problem.ordinal()))
                            .and(CHANGE.STATE.eq(ChangeState.PLANNED.word())),
                        ChangeState.STALE,
                        new ChangeOutcome.Stale(problem.message()),
                        problem.message())));
  }

  /**
   * Notes that an attempt begins.
   *
   * @param lease how long others must leave the change alone while this server lives
   * @return false if somebody else has begun it, or it has its outcome already
   */
  boolean begin(UUID set, int ordinal, Duration lease) {
    return database
            .jooq()
            .update(CHANGE)
            .set(CHANGE.STATE, ChangeState.APPLYING.word())
            .set(CHANGE.ATTEMPT, CHANGE.ATTEMPT.plus(1))
            .set(CHANGE.SERVER_ID, serverId)
            .set(CHANGE.LEASE_UNTIL, Instant.now().plus(lease))
            .set(CHANGE.STARTED_AT, Instant.now())
            .where(CHANGE.SET_ID.eq(set))
            .and(CHANGE.ORDINAL.eq(ordinal))
            .and(CHANGE.STATE.eq(ChangeState.PLANNED.word()))
            .execute()
        == 1;
  }

  /** Notes that an attempt certainly altered nothing, so that it may begin again. */
  void notHappened(UUID set, int ordinal, String message) {
    write(set, ordinal, ChangeState.PLANNED, null, message);
  }

  /** Notes that an attempt ended without anyone knowing what it did. */
  void uncertain(UUID set, int ordinal, String message) {
    database
        .jooq()
        .update(CHANGE)
        .set(CHANGE.LEASE_UNTIL, Instant.now())
        .set(CHANGE.MESSAGE, message)
        .where(CHANGE.SET_ID.eq(set))
        .and(CHANGE.ORDINAL.eq(ordinal))
        .and(CHANGE.STATE.eq(ChangeState.APPLYING.word()))
        .execute();
  }

  /** Leaves the change to a person. */
  void inDoubt(UUID set, int ordinal, String message) {
    write(set, ordinal, ChangeState.IN_DOUBT, null, message);
  }

  /** Records what became of the change. */
  void finish(UUID set, int ordinal, ChangeOutcome outcome) {
    switch (outcome) {
      case ChangeOutcome.Applied applied ->
          write(set, ordinal, ChangeState.APPLIED, applied, applied.reference());
      case ChangeOutcome.Stale stale ->
          write(set, ordinal, ChangeState.STALE, stale, stale.found());
      case ChangeOutcome.Refused refused ->
          write(set, ordinal, ChangeState.REFUSED, refused, refused.reason());
    }
  }

  private void write(
      UUID set, int ordinal, ChangeState state, @Nullable ChangeOutcome outcome, String message) {
    write(
        database.jooq(),
        CHANGE.SET_ID.eq(set).and(CHANGE.ORDINAL.eq(ordinal)),
        state,
        outcome,
        message);
  }

  private static void write(
      DSLContext tx,
      Condition which,
      ChangeState state,
      @Nullable ChangeOutcome outcome,
      String message) {
    tx.update(CHANGE)
        .set(CHANGE.STATE, state.word())
        .set(
            CHANGE.OUTCOME,
            outcome == null ? null : JSONB.valueOf(ChangeSetJson.write(outcome).toString()))
        .set(CHANGE.MESSAGE, message)
        .set(CHANGE.FINISHED_AT, Instant.now())
        .setNull(CHANGE.LEASE_UNTIL)
        .where(which)
        .execute();
  }
}
