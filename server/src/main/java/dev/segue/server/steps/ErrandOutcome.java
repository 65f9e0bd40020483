package dev.segue.server.steps;

import java.time.Duration;

/** How an {@link Errand} ended. */
public sealed interface ErrandOutcome {

  /** It is done, now or by an earlier call. */
  record Done() implements ErrandOutcome {}

  /**
   * Nothing has happened outside, and it may be tried again.
   *
   * @param after at the earliest; zero if nobody said
   */
  record Later(Duration after, String why) implements ErrandOutcome {}

  /** The step said that it can't be done; nothing is gained by trying again. */
  record Refused(String why) implements ErrandOutcome {}

  /** Nobody knows whether it happened. It isn't tried again. */
  record InDoubt(String why) implements ErrandOutcome {}
}
