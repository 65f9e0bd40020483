package dev.segue.bpmn.model;

/**
 * Every expression must be FEEL: the engine would find a broken one late or in the middle of a run.
 */
final class ExpressionRule implements Rule {

  private final Feel feel;

  ExpressionRule(Feel feel) {
    this.feel = feel;
  }

  @Override
  public void check(Diagram diagram, Findings findings) {
    for (ExpressionSite site : diagram.expressions()) {
      feel.problem(site.text())
          .ifPresent(
              problem ->
                  findings.error(
                      "feel",
                      site.elementId(),
                      site.elementName(),
                      "%s: the FEEL expression '%s' (%s) can't be read: %s."
                          .formatted(
                              site.elementName(),
                              site.text(),
                              site.place(),
                              problem.strip().replaceAll("\\.$", "")),
                      "Correct the expression."));
    }
  }
}
