package dev.segue.sdk;

/**
 * What the host does when it cannot know whether an effect happened, because a process died between
 * the effect and its record.
 */
public enum InDoubt {
  /**
   * Run again with the same {@link StepContext#idempotencyKey()}. Right only where the outside
   * system recognises that key, or where doing the same thing twice changes nothing.
   */
  RETRY,
  /** Raise an incident; a person looks and decides. The default. */
  ASK
}
