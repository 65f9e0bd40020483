package dev.segue.bpmn.model;

import java.util.List;

/** Says what is wrong with a diagram before an engine sees it. Safe for use by many threads. */
public final class DiagramCheck {

  private final List<Rule> rules;

  /**
   * Makes a check.
   *
   * @param feel parses the expressions
   * @param surroundings what there is to refer to
   */
  public DiagramCheck(Feel feel, Surroundings surroundings) {
    rules =
        List.of(
            new EngineRule(),
            new ExpressionRule(feel),
            new ReferenceRule(surroundings),
            new ReservedVariableRule(),
            new UserTaskRule(),
            new ChangesRule(),
            new ErrorHandlingRule(),
            new TemplateRule(surroundings.steps()),
            new PinRule(surroundings.steps()),
            new StartRule());
  }

  /** The findings, gravest first. Without an error among them it may be deployed. */
  public List<Finding> check(Diagram diagram) {
    Findings findings = new Findings();
    rules.forEach(rule -> rule.check(diagram, findings));
    return findings.list();
  }

  /** Whether findings forbid to deploy. */
  public static boolean forbids(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
  }
}
