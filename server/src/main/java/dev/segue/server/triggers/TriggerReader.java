package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.runs.WorkflowLookup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads what people write about triggers, and holds it against the workflow. */
final class TriggerReader {

  private final Map<String, TriggerKind> kinds;
  private final InputMapping mapping;
  private final StartForms forms;
  private final WorkflowLookup workflows;

  TriggerReader(
      Map<String, TriggerKind> kinds,
      InputMapping mapping,
      StartForms forms,
      WorkflowLookup workflows) {
    this.kinds = kinds;
    this.mapping = mapping;
    this.forms = forms;
    this.workflows = workflows;
  }

  /**
   * A trigger that can be saved.
   *
   * @throws ApiException 422 with the fields that make no sense
   */
  TriggerContent read(ObjectNode written) {
    TriggerContent content = readAlone(written);
    WorkflowLookup.Startable workflow = workflow(content.workflow());
    List<FieldError> problems =
        StartForms.problems(content, forms.of(workflow.workflowId(), workflow.version()));
    if (!problems.isEmpty()) {
      throw ApiException.invalid(problems);
    }
    return content;
  }

  /** The same, whatever the start form of its workflow says. */
  TriggerContent readAlone(ObjectNode written) {
    TriggerContent content = TriggerContent.read(written, kinds, mapping);
    workflow(content.workflow());
    return content;
  }

  /** What is wrong with what a run of that workflow would begin with. */
  List<FieldError> problems(String workflowId, ObjectNode variables) {
    WorkflowLookup.Startable workflow = workflow(workflowId);
    return forms.of(workflowId, workflow.version()).problems(variables);
  }

  /** What is known of a kind; null if a newer server wrote of it. */
  @Nullable TriggerKind kind(String name) {
    return kinds.get(name);
  }

  private WorkflowLookup.Startable workflow(@Nullable String id) {
    if (id == null) {
      throw ApiException.invalid("workflow", "Name the workflow that it starts.");
    }
    return workflows
        .find(id, null)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "workflow",
                    "There is no workflow %s. Deploy it first (segue deploy).".formatted(id)));
  }
}
