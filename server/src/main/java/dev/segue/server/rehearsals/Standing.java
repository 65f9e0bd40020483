package dev.segue.server.rehearsals;

/** How a run of a rehearsal is. */
sealed interface Standing {

  /** It is not over; somebody works on it. */
  record GoesOn() implements Standing {}

  /** It came to its end. */
  record Completed() implements Standing {}

  /** Nothing is left in it but waits for days to pass or for messages. */
  record Waits(String reason) implements Standing {}

  /**
   * It won't come to its end.
   *
   * @param over whether it has ended all the same; otherwise somebody has to end it
   */
  record Failed(String reason, boolean over) implements Standing {}
}
