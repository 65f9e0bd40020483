package dev.segue.server.steps;

/** Whether a run may alter the world. */
public enum RunMode {
  /** It may. */
  LIVE,
  /** It only rehearses. */
  SIMULATED,
  /**
   * Nobody has said, because the run was started past Segue: its steps read, and those that would
   * do more wait for an operator.
   */
  UNKNOWN
}
