package dev.segue.server.runs.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that the engine did, told on the event bus after it stands in the history. Keys are the
 * engine's. A run id is null for a run that another one called, and while it isn't known yet.
 */
public sealed interface HistoryEvent {

  /**
   * A run began.
   *
   * @param parentKey the process instance that called it; null if none did
   */
  record RunStarted(
      long processInstanceKey,
      @Nullable UUID runId,
      String workflowId,
      int version,
      @Nullable Long parentKey)
      implements HistoryEvent {}

  /**
   * A run ended.
   *
   * @param completed false if it was cancelled
   */
  record RunEnded(
      long processInstanceKey, @Nullable UUID runId, String workflowId, boolean completed)
      implements HistoryEvent {}

  /** A run can't go on without help. */
  record IncidentRaised(
      long processInstanceKey,
      long incidentKey,
      String elementId,
      @Nullable Long jobKey,
      String type,
      String message)
      implements HistoryEvent {}

  /** A run goes on, or was cancelled. */
  record IncidentResolved(long processInstanceKey, long incidentKey, String elementId)
      implements HistoryEvent {}

  /** A user task waits for people. */
  record UserTaskCreated(long processInstanceKey, long userTaskKey, String elementId)
      implements HistoryEvent {}

  /** A user task's assignee, candidates or dates changed. */
  record UserTaskChanged(long processInstanceKey, long userTaskKey, String elementId)
      implements HistoryEvent {}

  /**
   * A user task is gone.
   *
   * @param completed false if a timer or a cancel took it away
   */
  record UserTaskEnded(
      long processInstanceKey, long userTaskKey, String elementId, boolean completed)
      implements HistoryEvent {}

  /**
   * The engine has another process instance for a start that one claimed already: an uncertain
   * start was repeated. It must be cancelled.
   */
  record DuplicateStarted(long processInstanceKey, UUID runId) implements HistoryEvent {}

  /** A process was deployed, by Segue or past it. */
  record ProcessDeployed(long processDefinitionKey, String workflowId, int version)
      implements HistoryEvent {}
}
