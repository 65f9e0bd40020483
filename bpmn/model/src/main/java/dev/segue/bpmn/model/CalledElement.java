package dev.segue.bpmn.model;

/**
 * A call of another process or of a decision.
 *
 * @param name its label; its id if it has none
 * @param called the id of what is called; an expression if it begins with an equals sign
 * @param kind what is called
 */
public record CalledElement(
    String elementId, String name, String processId, String called, Kind kind) {

  /** What is called. */
  public enum Kind {
    /** A process. */
    PROCESS,
    /** A DMN decision. */
    DECISION
  }
}
