package dev.segue.server.approvals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user task that waits, or waited, for people.
 *
 * @param userTaskKey the engine's key; the approval's id in the API
 * @param processInstanceKey the engine's key of the run
 * @param runId the run, or null until Segue knows it
 * @param workflowId the BPMN process id
 * @param processDefinitionKey the engine's key of the workflow version
 * @param elementId the user task's id in the diagram
 * @param siteId the run's site, or null
 * @param startedBy who or what started the run; empty if unknown
 * @param mode {@code live} or {@code simulated}, or null while unknown
 * @param assignee who has claimed it, or null
 * @param candidateGroups groups whose members may decide
 * @param candidateUsers usernames that may decide
 * @param headers what the diagram says of it
 * @param engineState {@code created}, {@code completed} or {@code canceled}, as the engine last
 *     said
 * @param completedAction the action under which it was completed, or null
 * @param createdAt when the run reached it
 * @param dueAt when it should be decided, or null
 * @param endedAt when it ended, or null
 */
record Approval(
    long userTaskKey,
    long processInstanceKey,
    @Nullable UUID runId,
    String workflowId,
    long processDefinitionKey,
    String elementId,
    @Nullable String siteId,
    String startedBy,
    @Nullable String mode,
    @Nullable String assignee,
    Set<String> candidateGroups,
    Set<String> candidateUsers,
    ApprovalHeaders headers,
    String engineState,
    @Nullable String completedAction,
    Instant createdAt,
    @Nullable Instant dueAt,
    @Nullable Instant endedAt) {

  boolean isOpen() {
    return engineState.equals("created");
  }

  /** The state that people see, once the decisions of Segue's own are merged in. */
  State state(List<Vote> votes) {
    boolean underWay = votes.stream().anyMatch(vote -> vote.state() == Vote.State.DECIDING);
    if (isOpen()) {
      return underWay ? State.DECIDING : State.WAITING;
    }
    return votes.stream()
        .filter(vote -> vote.state() == Vote.State.FINAL)
        .findFirst()
        .map(vote -> vote.approves() ? State.APPROVED : State.REJECTED)
        .orElse(
            underWay
                ? State.DECIDING
                : engineState.equals("completed") ? State.COMPLETED : State.CANCELED);
  }

  /** What people see of an approval. */
  enum State {
    /** Waits for people. */
    WAITING,
    /** Was decided; the engine has yet to confirm. */
    DECIDING,
    /** Was approved. */
    APPROVED,
    /** Was rejected. */
    REJECTED,
    /** Was completed past Segue. */
    COMPLETED,
    /** Ended without a decision, such as by a timer. */
    CANCELED
  }
}
