package dev.segue.server.triggers;

import dev.segue.server.forms.FormRules;
import dev.segue.server.http.FieldError;
import dev.segue.server.runs.WorkflowLookup;
import java.util.List;
import java.util.Set;

/** Holds what triggers bring against the start forms of their workflows. Thread-safe. */
final class StartForms {

  private final WorkflowLookup workflows;

  StartForms(WorkflowLookup workflows) {
    this.workflows = workflows;
  }

  /** What the start form of a version asks. */
  FormRules of(String workflowId, int version) {
    return workflows.startForm(workflowId, version);
  }

  /**
   * What is wrong with a trigger that is to be saved: values that don't fit, and such as neither it
   * nor its events will bring.
   */
  static List<FieldError> problems(TriggerContent content, FormRules form) {
    Set<String> brought = content.kind().brings();
    return FormRules.ofVariables(
        form.problems(
            content.variables(), name -> content.mapping().has(name) || brought.contains(name)));
  }
}
