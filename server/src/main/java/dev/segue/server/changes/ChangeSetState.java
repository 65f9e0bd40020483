package dev.segue.server.changes;

import java.util.Locale;

/** How far a change set has come. */
public enum ChangeSetState {
  /** Waits for a decision. */
  PLANNED,
  /** May be applied. */
  APPROVED,
  /** Will never be applied. */
  REJECTED,
  /** Was edited; the edited set stands in its place. */
  SUPERSEDED,
  /** Is being applied. */
  APPLYING,
  /** Every change is in force. */
  APPLIED,
  /** Some changes are in force, others were stale or refused. */
  PARTIAL,
  /** Of at least one change nobody knows whether it happened. */
  IN_DOUBT,
  /** The world had moved on; nothing was applied. */
  STALE;

  /** The word that database and API use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ChangeSetState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
