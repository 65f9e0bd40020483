package dev.segue.server.triggers.monitors;

import java.time.Instant;

/** What was found out about a group at a moment. */
public sealed interface Observation {

  /** When. */
  Instant at();

  /** There was a value. */
  record Measured(Instant at, Reading reading) implements Observation {}

  /** There was none for longer than is ordinary. */
  record Missing(Instant at) implements Observation {}

  /** The value could not be found out. */
  record Failed(Instant at, String reason) implements Observation {}

  /** Only time went by. */
  record Waited(Instant at) implements Observation {}
}
