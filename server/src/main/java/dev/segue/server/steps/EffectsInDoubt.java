package dev.segue.server.steps;

import dev.segue.server.storage.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The effects of which nobody knows whether they happened, and what people decide of them. A
 * decision is followed at the job's next delivery, so resolve its incident after it. Thread-safe.
 */
public final class EffectsInDoubt {

  private static final String SELECT =
      """
      select idempotency_key, process_instance_key, element_id, job_key, step_type, attempt,
        coalesce(detail, '') as detail, started_at
      from segue.step_journal where state = 'in_doubt' and\
      """;

  private final Database database;

  /** Reads and writes the journal of this database. */
  public EffectsInDoubt(Database database) {
    this.database = database;
  }

  /**
   * An effect in doubt.
   *
   * @param key identifies the effect
   * @param attempt the attempt of which nobody knows what it did, counted from 1
   * @param detail how that attempt ended, as far as known
   */
  public record Doubt(
      String key,
      long processInstanceKey,
      String elementId,
      long jobKey,
      String stepType,
      int attempt,
      String detail,
      Instant startedAt) {}

  /** Lists the doubts of a run, the oldest first. */
  public List<Doubt> ofRun(long processInstanceKey) {
    return database
        .jooq()
        .fetch(SELECT + " process_instance_key = ? order by started_at", processInstanceKey)
        .map(EffectsInDoubt::doubt);
  }

  /** Finds the doubt behind a job's incident. */
  public Optional<Doubt> ofJob(long jobKey) {
    return database
        .jooq()
        .fetchOptional(SELECT + " job_key = ? limit 1", jobKey)
        .map(EffectsInDoubt::doubt);
  }

  /**
   * Says that it happened: the job is completed without running the step again.
   *
   * @param tx the transaction in which the decision is noted elsewhere, too
   * @param result what the step would have returned; null or incomplete if nobody knows
   * @param by who says so
   * @return false if it isn't in doubt (any more)
   */
  public boolean happened(DSLContext tx, String key, @Nullable ObjectNode result, String by) {
    return tx.execute(
            """
            update segue.step_journal
            set state = 'done', result = ?::jsonb, detail = ?, finished_at = now()
            where idempotency_key = ? and state = 'in_doubt'\
            """,
            result == null ? null : result.toString(),
            by + " said that it happened.",
            key)
        == 1;
  }

  /**
   * Says that it didn't happen: the step is run again.
   *
   * @param tx as above
   * @param by who says so
   * @return false if it isn't in doubt (any more)
   */
  public boolean didNotHappen(DSLContext tx, String key, String by) {
    return tx.execute(
            """
            update segue.step_journal set state = 'abandoned', detail = ?
            where idempotency_key = ? and state = 'in_doubt'\
            """,
            by + " said that it didn't happen.",
            key)
        == 1;
  }

  private static Doubt doubt(Record row) {
    return new Doubt(
        row.get("idempotency_key", String.class),
        row.get("process_instance_key", Long.class),
        row.get("element_id", String.class),
        row.get("job_key", Long.class),
        row.get("step_type", String.class),
        row.get("attempt", Integer.class),
        row.get("detail", String.class),
        row.get("started_at", OffsetDateTime.class).toInstant());
  }
}
