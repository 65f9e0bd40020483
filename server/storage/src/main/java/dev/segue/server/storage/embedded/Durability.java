package dev.segue.server.storage.embedded;

/** Whether what was committed survives a crash of the machine. */
public enum Durability {
  /** Every commit is on disk before it is acknowledged. */
  FULL,
  /** Nothing is flushed: for throw-away databases of tests and builds only. */
  THROW_AWAY
}
