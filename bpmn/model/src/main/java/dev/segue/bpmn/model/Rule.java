package dev.segue.bpmn.model;

/** One thing to look at in a diagram. Stateless. */
@FunctionalInterface
interface Rule {

  void check(Diagram diagram, Findings findings);
}
