package dev.segue.runtime.call;

/** Why a call was ended from outside. */
public enum Interruption {
  /** Its time was up. */
  DEADLINE,
  /** Its run or job is gone. */
  CANCELLED,
  /** The host stops, or closes the plugin. */
  SHUTDOWN,
  /** Its thread was interrupted by someone unknown. */
  UNKNOWN
}
