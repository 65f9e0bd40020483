package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;

/**
 * Runs that the engine's own timer starts have no context, so their effects would wait for ever.
 */
final class StartRule implements Rule {

  @Override
  public void check(Diagram diagram, Findings findings) {
    for (StartEvent start : diagram.model().getModelElementsByType(StartEvent.class)) {
      boolean timed = !start.getChildElementsByType(TimerEventDefinition.class).isEmpty();
      if (timed && start.getParentElement() instanceof Process) {
        String name = ModelReader.label(start.getId(), start.getName());
        findings.warning(
            "timer-start",
            start.getId(),
            name,
            "%s: the engine starts these runs by itself, so that they have no site and no mode, and their effects wait for an operator."
                .formatted(name),
            "Use a plain start event, and give the workflow a schedule.");
      }
    }
  }
}
