package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.Collection;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Which error events can catch what an activity throws. */
final class ErrorPaths {

  private final Collection<BoundaryEvent> boundaries;

  private ErrorPaths(Diagram diagram) {
    boundaries = diagram.model().getModelElementsByType(BoundaryEvent.class);
  }

  static ErrorPaths of(Diagram diagram) {
    return new ErrorPaths(diagram);
  }

  /** At the activity itself, and at all scopes around it. */
  Stream<ErrorEventDefinition> caught(Activity activity) {
    Stream<ErrorEventDefinition> found = attached(activity);
    ModelElementInstance scope = activity.getParentElement();
    while (scope != null) {
      found = Stream.concat(found, eventSubProcesses(scope));
      if (scope instanceof Activity outer) {
        found = Stream.concat(found, attached(outer));
      }
      scope = scope.getParentElement();
    }
    return found;
  }

  private Stream<ErrorEventDefinition> attached(Activity activity) {
    return boundaries.stream()
        .filter(boundary -> boundary.getAttachedTo().equals(activity))
        .flatMap(ErrorPaths::definitions);
  }

  private static Stream<ErrorEventDefinition> eventSubProcesses(ModelElementInstance scope) {
    return scope.getChildElementsByType(SubProcess.class).stream()
        .filter(SubProcess::triggeredByEvent)
        .flatMap(inner -> inner.getChildElementsByType(StartEvent.class).stream())
        .flatMap(ErrorPaths::definitions);
  }

  private static Stream<ErrorEventDefinition> definitions(ModelElementInstance event) {
    return event.getChildElementsByType(ErrorEventDefinition.class).stream();
  }
}
