package dev.segue.sdk;

/** How an applied change can be taken back. */
public sealed interface Undo {

  /**
   * By another change.
   *
   * @param inverse to be approved and applied like any other
   */
  record By(Change inverse) implements Undo {}

  /**
   * Not at all.
   *
   * @param reason why not, in business words
   */
  record None(String reason) implements Undo {}
}
