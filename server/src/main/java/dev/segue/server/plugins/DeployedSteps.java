package dev.segue.server.plugins;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which step types the deployed workflows and active runs need; told by those who deploy. */
@FunctionalInterface
public interface DeployedSteps {

  /**
   * Lists them.
   *
   * @return the ids of the workflows by the step type that they use
   */
  Map<String, Set<String>> workflowsByStepType();

  /** Lists the plugin versions that they ask for. */
  default List<WorkflowPin> pins() {
    return List.of();
  }

  /**
   * A workflow that asks for versions of a plugin.
   *
   * @param workflow its id
   * @param allSteps whether all its steps use them; else single tasks ask for them
   */
  record WorkflowPin(String workflow, PluginPin pin, boolean allSteps) {}
}
