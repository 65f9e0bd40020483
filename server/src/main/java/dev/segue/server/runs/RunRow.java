package dev.segue.server.runs;

import dev.segue.server.data.Knowledge;
import dev.segue.server.http.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as the server's own table has it.
 *
 * @param knowledge what counts as known at {@code asOf}
 * @param processInstanceKey null until an instance claimed it
 * @param mode null while unknown
 * @param state {@code starting}, {@code started}, {@code refused} or {@code ended}
 */
record RunRow(
    UUID runId,
    String workflowId,
    @Nullable Integer version,
    @Nullable Long processInstanceKey,
    @Nullable RunMode mode,
    @Nullable String siteId,
    @Nullable Instant asOf,
    Knowledge knowledge,
    @Nullable String businessKey,
    ObjectNode variables,
    String startedBy,
    String state,
    boolean cancelRequested) {

  private static final String SELECT =
      """
      select run_id, workflow_id, workflow_version, process_instance_key, mode, site_id, as_of,
        business_key, variables::text, started_by, state, cancel_requested_at is not null, knowledge
      from segue.run
      """;

  static Optional<RunRow> find(DSLContext tx, UUID runId) {
    return tx.fetchOptional(SELECT + "where run_id = ?", runId).map(RunRow::read);
  }

  static Optional<RunRow> findByKey(DSLContext tx, long processInstanceKey) {
    return tx.fetchOptional(SELECT + "where process_instance_key = ?", processInstanceKey)
        .map(RunRow::read);
  }

  /** Locks the row, so that what is decided by it stays true until the commit. */
  static Optional<RunRow> lock(DSLContext tx, UUID runId) {
    return tx.fetchOptional(SELECT + "where run_id = ? for update", runId).map(RunRow::read);
  }

  private static RunRow read(Record row) {
    String mode = row.get(4, String.class);
    return new RunRow(
        row.get(0, UUID.class),
        row.get(1, String.class),
        row.get(2, Integer.class),
        row.get(3, Long.class),
        mode == null ? null : RunMode.of(mode),
        row.get(5, String.class),
        row.get(6, Instant.class),
        knowledge(row.get(12, String.class)),
        row.get(7, String.class),
        (ObjectNode) Json.parse(row.get(8, String.class)),
        row.get(9, String.class),
        row.get(10, String.class),
        row.get(11, Boolean.class));
  }

  static Knowledge knowledge(@Nullable String label) {
    return label == null ? Knowledge.RECORDED : Knowledge.of(label);
  }

  /** What doesn't change any more once that instance has claimed it. */
  StartClaims.Claimed claimedBy(long key) {
    return new StartClaims.Claimed(runId, key, workflowId, mode, siteId, asOf, knowledge);
  }

  boolean isOver() {
    return state.equals("refused") || state.equals("ended");
  }
}
