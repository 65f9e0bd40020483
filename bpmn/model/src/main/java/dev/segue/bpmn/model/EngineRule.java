package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.bpm.model.xml.validation.ValidationResult;
import org.camunda.bpm.model.xml.validation.ValidationResultType;

/** What the engine itself would refuse: parts of BPMN that it lacks, attributes that it needs. */
final class EngineRule implements Rule {

  private static final String RULE = "engine";

  @Override
  public void check(Diagram diagram, Findings findings) {
    Map<ModelElementInstance, List<ValidationResult>> results =
        diagram.model().validate(ZeebeDesignTimeValidators.VALIDATORS).getResults();
    results.forEach(
        (element, problems) ->
            problems.forEach(problem -> report(diagram, element, problem, findings)));
    if (diagram.processes().stream().noneMatch(ProcessOutline::executable)) {
      ProcessOutline first = diagram.processes().getFirst();
      findings.error(
          "not-executable",
          first.id(),
          first.name(),
          "No process of %s is executable.".formatted(diagram.name()),
          "Tick Executable in the properties of the process (isExecutable=\"true\").");
    }
  }

  private static void report(
      Diagram diagram, ModelElementInstance element, ValidationResult problem, Findings findings) {
    String id = idOf(element);
    String name = diagram.element(id).map(DiagramElement::name).orElse(id);
    String message =
        "%s (%s): %s".formatted(name, element.getElementType().getTypeName(), problem.getMessage());
    String mend = "Change it in the editor; the engine would refuse it as it is.";
    if (problem.getType() == ValidationResultType.ERROR) {
      findings.error(RULE, id, name, message, mend);
    } else {
      findings.warning(RULE, id, name, message, mend);
    }
  }

  /** The id of the nearest element that people see. */
  private static String idOf(ModelElementInstance element) {
    ModelElementInstance outer = element;
    String id = "";
    while (outer != null) {
      if (outer instanceof BaseElement base && base.getId() != null) {
        id = id.isEmpty() ? base.getId() : id;
        if (base instanceof FlowElement) {
          return base.getId();
        }
      }
      outer = outer.getParentElement();
    }
    return id;
  }
}
