package dev.segue.sdk;

import java.util.Map;

/** What became of one change when it was applied. */
public sealed interface ChangeOutcome {

  /**
   * The change is in force.
   *
   * @param reference what the outside system calls it, such as a message id; may be empty
   * @param details what {@link ChangeStep#inverse} needs to know, JSON-like as in {@link Change}
   */
  record Applied(String reference, Map<String, Object> details) implements ChangeOutcome {

    /** Copies the details and checks their types. */
    public Applied {
      details = JsonLike.copy("details", details);
    }

    /**
     * Makes an outcome without details.
     *
     * @param reference what the outside system calls it; may be empty
     */
    public Applied(String reference) {
      this(reference, Map.of());
    }
  }

  /**
   * The world has moved on since the plan; nothing was altered.
   *
   * @param found what is there instead of what was expected, in business words
   */
  record Stale(String found) implements ChangeOutcome {}

  /**
   * The outside system refuses the change for good; nothing was altered.
   *
   * @param reason why, in business words
   */
  record Refused(String reason) implements ChangeOutcome {}
}
