package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable with the run's context is Segue's alone: a diagram may read it, not set it. */
final class ReservedVariableRule implements Rule {

  private static final String RESERVED = "segue";

  @Override
  public void check(Diagram diagram, Findings findings) {
    for (StepTask step : diagram.steps()) {
      if (isReserved(step.headers().get("resultVariable"))) {
        report(step.elementId(), step.name(), findings);
      }
    }
    for (FlowElement element : diagram.model().getModelElementsByType(FlowElement.class)) {
      if (targets(element).stream().anyMatch(ReservedVariableRule::isReserved)) {
        report(element.getId(), ModelReader.label(element.getId(), element.getName()), findings);
      }
    }
  }

  /** Whether a name is the reserved one, or a part of that variable. */
  static boolean isReserved(@Nullable String variable) {
    return variable != null
        && (variable.strip().equals(RESERVED) || variable.strip().startsWith(RESERVED + "."));
  }

  private static List<@Nullable String> targets(FlowElement element) {
    List<@Nullable String> targets = new ArrayList<>();
    ZeebeIoMapping mapping = ModelReader.extension(element, ZeebeIoMapping.class);
    if (mapping != null) {
      mapping.getInputs().forEach(input -> targets.add(input.getTarget()));
      mapping.getOutputs().forEach(output -> targets.add(output.getTarget()));
    }
    ZeebeScript script = ModelReader.extension(element, ZeebeScript.class);
    if (script != null) {
      targets.add(script.getResultVariable());
    }
    ZeebeCalledDecision decision = ModelReader.extension(element, ZeebeCalledDecision.class);
    if (decision != null) {
      targets.add(decision.getResultVariable());
    }
    element
        .getChildElementsByType(
            io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics.class)
        .forEach(
            loop -> {
              ZeebeLoopCharacteristics details =
                  ModelReader.extension(loop, ZeebeLoopCharacteristics.class);
              if (details != null) {
                targets.add(details.getInputElement());
                targets.add(details.getOutputCollection());
              }
            });
    return targets;
  }

  private static void report(String elementId, String name, Findings findings) {
    findings.error(
        "reserved-variable",
        elementId,
        name,
        "%s: it sets the variable segue, which holds the run's context.".formatted(name),
        "Give the variable another name.");
  }
}
