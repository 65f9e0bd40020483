package dev.segue.server.policies;

import dev.segue.server.approvals.PolicyJudge.Outcome;
import dev.segue.server.approvals.PolicyJudge.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** What policies said of approvals, once each. Methods take the transaction they are part of. */
final class VerdictRows {

  Optional<Verdict> find(DSLContext tx, long userTaskKey) {
    return tx.fetchOptional(
            "select outcome, reason from segue.policy_verdict where user_task_key = ?", userTaskKey)
        .map(
            row -> new Verdict(Outcome.of(row.get(0, String.class)), "", row.get(1, String.class)));
  }

  void insert(DSLContext tx, long userTaskKey, Verdict verdict, Instant at) {
    tx.execute(
        """
        insert into segue.policy_verdict (user_task_key, outcome, reason, judged_at)
        values (?, ?, ?, ?::timestamptz)\
        """,
        userTaskKey,
        verdict.outcome().word(),
        verdict.reason(),
        at.toString());
  }
}
