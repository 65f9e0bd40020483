package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE;
import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;

import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.server.storage.jooq.segue.tables.records.ChangeRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.UpdateSetMoreStep;

/** Takes a person's word on changes of which nobody knows whether they happened. Thread-safe. */
public final class Doubts {

  /** What a person found out about a change in doubt. */
  public enum Finding {
    /** It happened: it counts as applied. */
    HAPPENED,
    /** It did not happen: it is tried again. */
    DID_NOT_HAPPEN,
    /** It did not happen, and shall not any more. */
    SKIP
  }

  private final ChangeSets sets;

  Doubts(ChangeSets sets) {
    this.sets = sets;
  }

  /**
   * Settles all changes in doubt that one step of a run has left.
   *
   * @param tx the transaction
   * @param processInstanceKey the run
   * @param finding what the person found out
   * @param by username
   * @return how many changes were in doubt
   */
  public int settle(DSLContext tx, long processInstanceKey, Finding finding, String by) {
    List<UUID> doubtful =
        tx.select(CHANGE_SET.SET_ID)
            .from(CHANGE_SET)
            .where(CHANGE_SET.PROCESS_INSTANCE_KEY.eq(processInstanceKey))
            .and(CHANGE_SET.STATE.eq(ChangeSetState.IN_DOUBT.word()))
            .fetch(CHANGE_SET.SET_ID);
    int settled = 0;
    for (UUID set : doubtful) {
      settled += settle(tx, set, finding, by);
      sets.move(tx, set, ChangeSetState.IN_DOUBT, ChangeSetState.APPLYING);
    }
    return settled;
  }

  /**
   * Settles the changes in doubt of one set that belongs to no run.
   *
   * @return false if the set is not in doubt
   */
  boolean settleSet(DSLContext tx, UUID set, Finding finding, String by) {
    if (!sets.move(tx, set, ChangeSetState.IN_DOUBT, ChangeSetState.APPLYING)) {
      return false;
    }
    settle(tx, set, finding, by);
    return true;
  }

  private static int settle(DSLContext tx, UUID set, Finding finding, String by) {
    UpdateSetMoreStep<ChangeRecord> update =
        tx.update(CHANGE).set(CHANGE.MESSAGE, by + " settled it: " + words(finding));
    UpdateSetMoreStep<ChangeRecord> settled =
        switch (finding) {
          case HAPPENED ->
              update
                  .set(CHANGE.STATE, ChangeState.APPLIED.word())
                  .set(CHANGE.FINISHED_AT, Instant.now())
                  .set(
                      CHANGE.OUTCOME,
                      JSONB.valueOf(ChangeSetJson.write(new ChangeOutcome.Applied("")).toString()));
          case DID_NOT_HAPPEN ->
              update.set(CHANGE.STATE, ChangeState.PLANNED.word()).setNull(CHANGE.FINISHED_AT);
          case SKIP ->
              update
                  .set(CHANGE.STATE, ChangeState.SKIPPED.word())
                  .set(CHANGE.FINISHED_AT, Instant.now());
        };
    return settled
        .where(CHANGE.SET_ID.eq(set))
        .and(CHANGE.STATE.eq(ChangeState.IN_DOUBT.word()))
        .execute();
  }

  private static String words(Finding finding) {
    return switch (finding) {
      case HAPPENED -> "it happened";
      case DID_NOT_HAPPEN -> "it did not happen";
      case SKIP -> "it is left out";
    };
  }
}
