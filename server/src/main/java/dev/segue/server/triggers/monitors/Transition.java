package dev.segue.server.triggers.monitors;

import java.time.Instant;

/** What an evaluation changed. */
public sealed interface Transition {

  /** When. */
  Instant at();

  /** The group stands elsewhere. */
  record Moved(Instant at, AlertPhase from, AlertPhase to) implements Transition {}

  /** An alert opened. */
  record Opened(Instant at, Alert alert) implements Transition {}

  /** An alert ended. */
  record Closed(Instant at, Alert alert) implements Transition {}
}
