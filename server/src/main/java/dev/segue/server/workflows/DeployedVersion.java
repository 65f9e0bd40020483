package dev.segue.server.workflows;

import dev.segue.bpmn.model.StepTask;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A process that the engine has taken, with what belongs to it.
 *
 * @param diagram the file's text
 * @param pins the plugin versions that its tasks ask for
 */
record DeployedVersion(
    String workflowId,
    String title,
    String description,
    int version,
    long processDefinitionKey,
    String diagram,
    SortedSet<String> stepTypes,
    SortedSet<String> pins,
    List<FindingView> findings) {

  /** The types of the steps of one process. */
  static SortedSet<String> stepTypes(List<StepTask> steps, String processId) {
    SortedSet<String> types = new TreeSet<>();
    steps.stream()
        .filter(step -> step.processId().equals(processId))
        .forEach(step -> types.add(step.stepType()));
    return types;
  }
}
