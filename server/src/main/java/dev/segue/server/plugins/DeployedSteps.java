package dev.segue.server.plugins;

import java.util.Map;
import java.util.Set;

/** Which step types the deployed workflows and active runs need; told by those who deploy. */
public interface DeployedSteps {

  /**
   * Lists them.
   *
   * @return the ids of the workflows by the step type that they use
   */
  Map<String, Set<String>> workflowsByStepType();
}
