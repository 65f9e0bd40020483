package dev.segue.sdk;

/** What is known of an effect that may or may not have happened. */
public sealed interface PastOutcome {

  /**
   * It happened.
   *
   * @param applied what {@link ChangeStep#apply} would have returned
   */
  record Happened(ChangeOutcome.Applied applied) implements PastOutcome {}

  /** It did not happen and cannot happen any more unless it is tried again. */
  record DidNotHappen() implements PastOutcome {}

  /**
   * Nobody can tell.
   *
   * @param why why not, in words for the person who will decide
   */
  record Unknown(String why) implements PastOutcome {}
}
