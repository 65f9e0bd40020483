package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE;
import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;

import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Closes the live sets that a run has left open at its end: nobody can decide on them or apply them
 * any more, and one that takes another back would bar every later undo. What was applied stays
 * applied; where an attempt may still be under way, the set stays open. Thread-safe.
 */
final class AbandonedSets {

  static final String WHY = "The run ended before this was applied.";

  private static final Condition OPEN =
      CHANGE_SET
          .STATE
          .in(
              ChangeSetState.PLANNED.word(),
              ChangeSetState.APPROVED.word(),
              ChangeSetState.APPLYING.word())
          .and(CHANGE_SET.MODE.eq("live"))
          .and(CHANGE_SET.COUNT.gt(0));

  private final Database database;
  private final ChangeSets sets;

  AbandonedSets(Database database, ChangeSets sets) {
    this.database = database;
    this.sets = sets;
  }

  /** Closes those of one run, if it has ended. */
  void closeOf(UUID runId) {
    close(CHANGE_SET.RUN_ID.eq(runId));
  }

  /** Closes those of every run that has ended. */
  void closeAll() {
    close(CHANGE_SET.RUN_ID.isNotNull());
  }

  private void close(Condition which) {
    List<UUID> open =
        database
            .jooq()
            .select(CHANGE_SET.SET_ID)
            .from(CHANGE_SET)
            .join(RUN)
            .on(RUN.RUN_ID.eq(CHANGE_SET.RUN_ID))
            .where(which)
            .and(RUN.STATE.eq("ended"))
            .and(OPEN)
            .fetch(CHANGE_SET.SET_ID);
    open.forEach(id -> database.inTransaction(tx -> close(tx, id)));
  }

  private void close(DSLContext tx, UUID id) {
    boolean settledMeanwhile =
        tx.selectFrom(CHANGE_SET)
            .where(CHANGE_SET.SET_ID.eq(id))
            .and(OPEN)
            .forUpdate()
            .fetch()
            .isEmpty();
    if (settledMeanwhile) {
      return;
    }
    tx.update(CHANGE)
        .set(CHANGE.STATE, ChangeState.STALE.word())
        .set(CHANGE.MESSAGE, WHY)
        .set(CHANGE.FINISHED_AT, Instant.now())
        .where(CHANGE.SET_ID.eq(id))
        .and(CHANGE.STATE.eq(ChangeState.PLANNED.word()))
        .execute();
    List<StoredChange> changes = sets.changes(tx, id);
    if (changes.stream().allMatch(change -> change.state().isFinal())) {
      sets.setState(tx, id, ChangeSetState.after(changes));
    }
  }
}
