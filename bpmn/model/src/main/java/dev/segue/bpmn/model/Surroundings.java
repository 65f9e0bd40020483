package dev.segue.bpmn.model;

import java.util.function.Predicate;

/**
 * What a diagram finds where it is deployed.
 *
 * @param steps the step types that plugins serve
 * @param forms whether a form of that id is deployed, or is deployed with the diagram
 * @param decisions likewise for the id of a decision
 * @param processes likewise for the id of a process
 */
public record Surroundings(
    InstalledSteps steps,
    Predicate<String> forms,
    Predicate<String> decisions,
    Predicate<String> processes) {

  /** Surroundings in which everything is there: for looking at a diagram by itself. */
  public static Surroundings anything() {
    return new Surroundings(any -> true, any -> true, any -> true, any -> true);
  }
}
