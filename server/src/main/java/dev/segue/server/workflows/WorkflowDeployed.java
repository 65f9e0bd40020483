package dev.segue.server.workflows;

import java.util.Set;

/** A version of a workflow was deployed, or deployed again. */
public record WorkflowDeployed(String workflowId, int version, Set<String> stepTypes) {

  public WorkflowDeployed {
    stepTypes = Set.copyOf(stepTypes);
  }
}
