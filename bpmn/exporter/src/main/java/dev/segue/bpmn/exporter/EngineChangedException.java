package dev.segue.bpmn.exporter;

/** The records come from another engine than those which the history already holds. */
final class EngineChangedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  EngineChangedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** What happened and what to do, for people. */
  String reason() {
    return reason;
  }
}
