package dev.segue.server.changes;

import java.util.List;
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

  /** What a set has come to whose changes have all come to an end. */
  static ChangeSetState after(List<StoredChange> changes) {
    boolean all = changes.stream().allMatch(change -> change.state() == ChangeState.APPLIED);
    boolean some = changes.stream().anyMatch(change -> change.state() == ChangeState.APPLIED);
    boolean stale = changes.stream().anyMatch(change -> change.state() == ChangeState.STALE);
    return all ? APPLIED : stale && !some ? STALE : PARTIAL;
  }

  static ChangeSetState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
