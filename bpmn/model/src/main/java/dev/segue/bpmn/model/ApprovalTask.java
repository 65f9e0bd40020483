package dev.segue.bpmn.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user task.
 *
 * @param name its label; its id if it has none
 * @param engineTask whether the engine keeps it as a user task of its own ({@code zeebe:userTask}),
 *     not as a job
 * @param formId the linked form; null if it has none
 * @param headers task headers by key
 */
public record ApprovalTask(
    String elementId,
    String name,
    String processId,
    boolean engineTask,
    @Nullable String formId,
    Map<String, String> headers) {

  /** The header that names the variable with the change set. */
  public static final String CHANGES_HEADER = "segue.changes";

  public ApprovalTask {
    headers = Map.copyOf(headers);
  }

  /** Whether it decides on a change set. */
  public boolean decidesChanges() {
    return headers.containsKey(CHANGES_HEADER);
  }
}
