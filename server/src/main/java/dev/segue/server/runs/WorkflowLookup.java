package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What runs need to know of workflows; told by those who deploy them. Thread-safe. */
public interface WorkflowLookup {

  /**
   * A version that can be started.
   *
   * @param paused whether no new runs may start
   */
  record Startable(
      String workflowId, String title, int version, long processDefinitionKey, boolean paused) {}

  /**
   * Finds a workflow's version.
   *
   * @param version null for the latest
   */
  Optional<Startable> find(String workflowId, @Nullable Integer version);

  /** The form that asks people for what a run begins with; empty if that version has none. */
  default Optional<JsonNode> startForm(String workflowId, int version) {
    return Optional.empty();
  }

  /** The elements of a version's diagram by id; empty if the version isn't known. */
  Map<String, DiagramElement> elements(long processDefinitionKey);
}
