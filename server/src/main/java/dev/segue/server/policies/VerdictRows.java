package dev.segue.server.policies;

import dev.segue.server.approvals.PolicyJudge.Outcome;
import dev.segue.server.approvals.PolicyJudge.Question;
import dev.segue.server.approvals.PolicyJudge.Verdict;
import dev.segue.server.changes.StoredChangeSet;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** What policies said of approvals, once each. Methods take the transaction they are part of. */
final class VerdictRows {

  Optional<Verdict> find(DSLContext tx, long userTaskKey) {
    return tx.fetchOptional(
            "select outcome, reason from segue.policy_verdict where user_task_key = ?", userTaskKey)
        .map(
            row -> new Verdict(Outcome.of(row.get(0, String.class)), "", row.get(1, String.class)));
  }

  /** Whether people have been asked about one of these sets before, in whichever approval. */
  boolean leftToPeople(DSLContext tx, Collection<StoredChangeSet> sets) {
    return !tx.fetch(
            """
            select from segue.policy_verdict
            where sets && ?::uuid[] and outcome <> 'approved' limit 1\
            """,
            (Object) ids(sets))
        .isEmpty();
  }

  void insert(DSLContext tx, Question question, Verdict verdict, Instant at) {
    tx.execute(
        """
        insert into segue.policy_verdict (user_task_key, sets, outcome, reason, judged_at)
        values (?, ?::uuid[], ?, ?, ?::timestamptz)\
        """,
        question.userTaskKey(),
        ids(question.covered()),
        verdict.outcome().word(),
        verdict.reason(),
        at.toString());
  }

  private static UUID[] ids(Collection<StoredChangeSet> sets) {
    return sets.stream().map(StoredChangeSet::id).toArray(UUID[]::new);
  }
}
