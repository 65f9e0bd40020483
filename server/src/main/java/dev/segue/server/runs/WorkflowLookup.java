package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.forms.FormRules;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** What the form asks that people fill in to start a run; nothing if that version has none. */
  default FormRules startForm(String workflowId, int version) {
    return FormRules.NONE;
  }

  /** The elements of a version's diagram by id; empty if the version isn't known. */
  Map<String, DiagramElement> elements(long processDefinitionKey);
}
