package dev.segue.server.storage.embedded;

/** What the embedded server is doing. */
public enum PostgresState {
  /** Being started for the first time by this object. */
  STARTING,
  /** Answers queries. */
  READY,
  /** Died and is being started again. */
  RESTARTING,
  /** Died, and several starts in a row failed. Further ones follow, at longer intervals. */
  FAILED,
  /** Stopped on request, for good. */
  STOPPED
}
