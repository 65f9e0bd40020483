package dev.segue.server.approvals;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What diagrams say of their user tasks. Implemented by who keeps the diagrams. Thread-safe. */
public interface TaskTexts {

  /**
   * Finds what a diagram says of a user task.
   *
   * @param processDefinitionKey the engine's key of the workflow version
   * @param elementId the user task
   * @return its texts, or empty if Segue doesn't have the diagram
   */
  Optional<TaskText> find(long processDefinitionKey, String elementId);

  /**
   * What a diagram says of a user task.
   *
   * @param workflowTitle the workflow's name
   * @param question the user task's name
   * @param description the user task's documentation; may be empty
   * @param form the Camunda form, or null if it has none
   */
  record TaskText(
      String workflowTitle, String question, String description, @Nullable JsonNode form) {}
}
