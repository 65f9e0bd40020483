package dev.segue.bpmn.model;

import dev.segue.runtime.version.VersionRange;

/** A task that asks for certain versions of its plugin must find one. */
final class PinRule implements Rule {

  private static final String HEADER = "segue.plugin-version";

  private final InstalledSteps installed;

  PinRule(InstalledSteps installed) {
    this.installed = installed;
  }

  @Override
  public void check(Diagram diagram, Findings findings) {
    for (StepTask step : diagram.steps()) {
      String wanted = step.headers().getOrDefault(HEADER, "").strip();
      if (!wanted.isEmpty() && !Feel.isExpression(step.stepType())) {
        check(step, wanted, findings);
      }
    }
  }

  private void check(StepTask step, String wanted, Findings findings) {
    try {
      VersionRange range = VersionRange.parse(wanted);
      if (installed.serves(step.stepType()) && !installed.serves(step.stepType(), range)) {
        findings.error(
            "unserved-pin",
            step.elementId(),
            step.name(),
            "%s: no installed version of its plugin in the range %s serves %s."
                .formatted(step.name(), wanted, step.stepType()),
            "Install or enable one, or take the header %s off the task.".formatted(HEADER));
      }
    } catch (IllegalArgumentException e) {
      findings.error(
          "bad-pin",
          step.elementId(),
          step.name(),
          "%s: its header %s: %s.".formatted(step.name(), HEADER, e.getMessage()),
          "Write a version such as 1.4.0, or a range.");
    }
  }
}
