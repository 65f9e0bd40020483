package dev.segue.bpmn.model;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a diagram refers to must be there: step types, forms, decisions, other processes. */
final class ReferenceRule implements Rule {

  private final Surroundings surroundings;

  ReferenceRule(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void check(Diagram diagram, Findings findings) {
    diagram.steps().forEach(step -> step(step, findings));
    for (ApprovalTask task : diagram.approvals()) {
      form(task.formId(), task.elementId(), task.name(), findings);
    }
    for (ProcessOutline process : diagram.processes()) {
      form(process.startFormId(), process.id(), process.name(), findings);
    }
    diagram.calls().forEach(call -> call(diagram, call, findings));
  }

  private void step(StepTask step, Findings findings) {
    if (Feel.isExpression(step.stepType())) {
      findings.error(
          "dynamic-step",
          step.elementId(),
          step.name(),
          "%s: its type is an expression (%s), so nobody can say which plugin serves it."
              .formatted(step.name(), step.stepType()),
          "Give it a fixed step type, such as plugin:action:1.");
    } else if (!surroundings.steps().serves(step.stepType())) {
      findings.error(
          "unknown-step",
          step.elementId(),
          step.name(),
          "%s: no installed plugin serves the step type %s."
              .formatted(step.name(), step.stepType()),
          "Install a plugin that does, or choose another step type (segue steps list).");
    }
  }

  private void form(@Nullable String formId, String elementId, String name, Findings findings) {
    if (formId != null && !Feel.isExpression(formId) && !surroundings.forms().test(formId)) {
      findings.error(
          "unknown-form",
          elementId,
          name,
          "%s: there is no form %s.".formatted(name, formId),
          "Put the form's file into the package, or correct the form's id.");
    }
  }

  private void call(Diagram diagram, CalledElement call, Findings findings) {
    if (Feel.isExpression(call.called())) {
      return;
    }
    boolean process = call.kind() == CalledElement.Kind.PROCESS;
    Predicate<String> known = process ? surroundings.processes() : surroundings.decisions();
    boolean here =
        process && diagram.processes().stream().anyMatch(own -> own.id().equals(call.called()));
    if (!here && !known.test(call.called())) {
      String what = process ? "process" : "decision";
      findings.error(
          "unknown-" + what,
          call.elementId(),
          call.name(),
          "%s: there is no %s %s.".formatted(call.name(), what, call.called()),
          "Deploy it first, put its file into the package, or correct the id.");
    }
  }
}
