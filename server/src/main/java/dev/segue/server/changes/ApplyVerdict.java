package dev.segue.server.changes;

import dev.segue.runtime.call.StepFailure;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** How an attempt to apply a change set ended. */
sealed interface ApplyVerdict {

  /**
   * Every change has its outcome and at least none was stale.
   *
   * @param output of the change step
   */
  record Done(ObjectNode output) implements ApplyVerdict {}

  /**
   * The world has moved on since the plan.
   *
   * @param message what is there now, in business words
   */
  record Stale(String message) implements ApplyVerdict {}

  /**
   * Of a change nobody knows whether it happened.
   *
   * @param message which change, and what the person has to decide
   */
  record InDoubt(String message) implements ApplyVerdict {}

  /**
   * Something else has to happen first, such as the confirmation of a decision.
   *
   * @param after when to look again
   * @param message what is waited for
   */
  record Wait(Duration after, String message) implements ApplyVerdict {}

  /**
   * An attempt failed; what is done is recorded, and the rest can be tried again.
   *
   * @param failure what happened
   */
  record Failed(StepFailure failure) implements ApplyVerdict {}
}
