package dev.segue.server.approvals;

import java.time.Instant;
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
 * @param state what people see, Segue's own decisions merged in: {@code open}, {@code deciding},
 *     {@code approved}, {@code rejected}, {@code completed} (past Segue) or {@code void}
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
    String state,
    String engineState,
    @Nullable String completedAction,
    Instant createdAt,
    @Nullable Instant dueAt,
    @Nullable Instant endedAt) {

  boolean isOpen() {
    return engineState.equals("created");
  }

  /** The same approval in somebody's hands, or in nobody's. */
  Approval heldBy(@Nullable String holder) {
    return new Approval(
        userTaskKey,
        processInstanceKey,
        runId,
        workflowId,
        processDefinitionKey,
        elementId,
        siteId,
        startedBy,
        mode,
        holder,
        candidateGroups,
        candidateUsers,
        headers,
        state,
        engineState,
        completedAction,
        createdAt,
        dueAt,
        endedAt);
  }
}
