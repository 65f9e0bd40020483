package dev.segue.bpmn.engine;

import java.util.List;

/** What a deployment made, or found unchanged. */
public record Deployment(
    long key, List<Process> processes, List<Form> forms, List<Decision> decisions) {

  public Deployment {
    processes = List.copyOf(processes);
    forms = List.copyOf(forms);
    decisions = List.copyOf(decisions);
  }

  /** A process of a deployed diagram; a diagram may hold several. */
  public record Process(
      String bpmnProcessId, int version, long processDefinitionKey, String resourceName) {}

  /** A deployed Camunda form. */
  public record Form(String formId, int version, long formKey, String resourceName) {}

  /** A decision of a deployed DMN file. */
  public record Decision(String decisionId, String name, int version, long decisionKey) {}
}
