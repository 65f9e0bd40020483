package dev.segue.server.changes;

import java.util.Locale;

/** How far one change has come. */
public enum ChangeState {
  /** Nothing has been tried. */
  PLANNED,
  /** An attempt began; it may or may not have happened. */
  APPLYING,
  /** Is in force. */
  APPLIED,
  /** The world had moved on; nothing was altered. */
  STALE,
  /** The outside system refused it for good; nothing was altered. */
  REFUSED,
  /** Nobody knows whether it happened; a person decides. */
  IN_DOUBT,
  /** A person decided that it is not to be applied any more. */
  SKIPPED;

  /** The word that database and API use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing will be tried any more and nobody is asked. */
  boolean isFinal() {
    return switch (this) {
      case PLANNED, APPLYING, IN_DOUBT -> false;
      case APPLIED, STALE, REFUSED, SKIPPED -> true;
    };
  }

  static ChangeState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
