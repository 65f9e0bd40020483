package dev.segue.bpmn.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the findings of the rules. */
final class Findings {

  private final List<Finding> found = new ArrayList<>();

  void error(String rule, String elementId, String elementName, String message, String mend) {
    found.add(new Finding(Finding.Severity.ERROR, rule, elementId, elementName, message, mend));
  }

  void warning(String rule, String elementId, String elementName, String message, String mend) {
    found.add(new Finding(Finding.Severity.WARNING, rule, elementId, elementName, message, mend));
  }

  void info(String rule, String elementId, String elementName, String message, String mend) {
    found.add(new Finding(Finding.Severity.INFO, rule, elementId, elementName, message, mend));
  }

  void wholeDiagram(Finding.Severity severity, String rule, String message, String mend) {
    found.add(new Finding(severity, rule, null, null, message, mend));
  }

  /** The gravest first; else in the order of the rules. */
  List<Finding> list() {
    return found.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }
}
