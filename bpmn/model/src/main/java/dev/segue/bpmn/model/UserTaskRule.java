package dev.segue.bpmn.model;

/**
 * People's tasks must be user tasks of the engine: only these can be claimed and have a history.
 */
final class UserTaskRule implements Rule {

  @Override
  public void check(Diagram diagram, Findings findings) {
    for (ApprovalTask task : diagram.approvals()) {
      if (!task.engineTask()) {
        findings.error(
            "user-task-by-job",
            task.elementId(),
            task.name(),
            "%s: this user task is implemented by a job worker, which nobody would see in the inbox."
                .formatted(task.name()),
            "Set its implementation to Camunda user task (<zeebe:userTask/> in its extension elements).");
      }
    }
  }
}
