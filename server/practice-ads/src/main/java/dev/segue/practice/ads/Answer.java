package dev.segue.practice.ads;

/** What the platform says to a wanted change. */
sealed interface Answer {

  /** It is so now. The same key gets the same reference for ever. */
  record Done(String reference) implements Answer {}

  /** The value was not the expected one; nothing was altered. */
  record Differs(String found) implements Answer {}

  /** It can't be; nothing was altered. */
  record Refused(String reason) implements Answer {}
}
