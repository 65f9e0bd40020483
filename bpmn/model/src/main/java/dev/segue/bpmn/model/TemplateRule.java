package dev.segue.bpmn.model;

import dev.segue.bpmn.model.editor.ElementTemplates;
import java.util.OptionalLong;

/** A task that was drawn with the template of another plugin version may lack what is new in it. */
final class TemplateRule implements Rule {

  private final InstalledSteps installed;

  TemplateRule(InstalledSteps installed) {
    this.installed = installed;
  }

  @Override
  public void check(Diagram diagram, Findings findings) {
    for (StepTask step : diagram.steps()) {
      TemplateUse used = step.template();
      OptionalLong current = installed.templateVersion(step.stepType());
      if (used != null
          && used.id().equals(step.stepType())
          && current.isPresent()
          && used.version() < current.getAsLong()) {
        findings.info(
            "old-template",
            step.elementId(),
            step.name(),
            "%s: it was drawn for version %s of its plugin; %s is installed."
                .formatted(
                    step.name(),
                    ElementTemplates.pluginVersion(used.version()),
                    ElementTemplates.pluginVersion(current.getAsLong())),
            "It runs as it is; for what is new, update its template in the editor (segue steps"
                + " templates).");
      }
    }
  }
}
