package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.Activity;

/** Business errors that nothing catches become incidents: worth knowing, rarely meant. */
final class ErrorHandlingRule implements Rule {

  @Override
  public void check(Diagram diagram, Findings findings) {
    ErrorPaths paths = ErrorPaths.of(diagram);
    long unguarded =
        diagram.steps().stream().filter(step -> !isGuarded(diagram, paths, step)).count();
    if (unguarded > 0) {
      findings.wholeDiagram(
          Finding.Severity.INFO,
          "unguarded-steps",
          "%d of %d steps have no error path: a business error there becomes an incident."
              .formatted(unguarded, diagram.steps().size()),
          "Where the diagram should decide what happens then, attach an error boundary event.");
    }
  }

  private static boolean isGuarded(Diagram diagram, ErrorPaths paths, StepTask step) {
    return diagram.model().getModelElementById(step.elementId()) instanceof Activity activity
        && paths.caught(activity).findAny().isPresent();
  }
}
