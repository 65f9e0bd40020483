package dev.segue.server.approvals;

import dev.segue.server.changes.StoredChangeSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Decides in the place of people, within limits that people have set. Thread-safe. */
public interface PolicyJudge {

  /**
   * What an approval asks.
   *
   * @param workflowId the BPMN process id
   * @param siteId the run's; null if it has none
   * @param quorum how many must approve
   * @param fields of its form that must be filled in
   * @param taken why people have it in their hands already; null if they don't
   * @param covered the sets under decision
   */
  record Question(
      long userTaskKey,
      String workflowId,
      @Nullable String siteId,
      int quorum,
      List<String> fields,
      @Nullable String taken,
      List<StoredChangeSet> covered) {
    public Question {
      fields = List.copyOf(fields);
      covered = List.copyOf(covered);
    }
  }

  /** What policies make of an approval. */
  enum Outcome {
    /** None has anything to say. */
    NONE,
    /** All changes are within limits. */
    APPROVED,
    /** A person decides, for the reason that is given. */
    PEOPLE,
    /** The changes are shown and never applied. */
    SUGGESTION;

    /** The word of the API and the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that word. */
    public static Outcome of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What was said of an approval.
   *
   * @param by what decided, such as {@code policy:small-steps}; empty unless approved
   * @param reason for people: the limits that allowed it, or why not
   */
  record Verdict(Outcome outcome, String by, String reason) {}

  /**
   * Judges an approval when it comes up, and counts what it lets through.
   *
   * @param tx the transaction that takes the decision
   * @param voteId of the decision, should it be taken
   * @return empty if the approval was judged before
   */
  Optional<Verdict> judge(DSLContext tx, Question question, UUID voteId);

  /** Why nobody may approve these changes of a workflow; empty if people may. */
  Optional<String> barsApproval(
      DSLContext tx, String workflowId, Collection<StoredChangeSet> covered);

  /** What was said of an approval; empty if nothing was. */
  Optional<Verdict> said(DSLContext tx, long userTaskKey);

  /** Leaves everything to people. */
  PolicyJudge NONE =
      new PolicyJudge() {
        @Override
        public Optional<Verdict> judge(DSLContext tx, Question question, UUID voteId) {
          return Optional.empty();
        }

        @Override
        public Optional<String> barsApproval(
            DSLContext tx, String workflowId, Collection<StoredChangeSet> covered) {
          return Optional.empty();
        }

        @Override
        public Optional<Verdict> said(DSLContext tx, long userTaskKey) {
          return Optional.empty();
        }
      };
}
