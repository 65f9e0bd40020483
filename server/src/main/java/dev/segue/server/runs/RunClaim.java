package dev.segue.server.runs;

import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Gives a start to the first process instance that asks for it. */
final class RunClaim {

  private RunClaim() {}

  /**
   * True if the start is this instance's, now or before; false if another one has it.
   *
   * @param version of the workflow; null to leave what the start asked for
   */
  static boolean take(
      DSLContext tx, UUID runId, long processInstanceKey, @Nullable Integer version) {
    int claimed =
        tx.execute(
            """
            update segue.run set process_instance_key = ?, workflow_version = coalesce(?::int, workflow_version),
              state = case when state = 'starting' then 'started' else state end,
              started_at = coalesce(started_at, now())
            where run_id = ? and (process_instance_key is null or process_instance_key = ?)\
            """,
            processInstanceKey,
            version,
            runId,
            processInstanceKey);
    return claimed == 1;
  }
}
