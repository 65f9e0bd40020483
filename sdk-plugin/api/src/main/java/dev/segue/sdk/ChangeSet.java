package dev.segue.sdk;

import java.util.List;

/**
 * An ordered list of changes that is approved and applied as a whole.
 *
 * @param title what the set does, in business words
 * @param summary why the workflow asks, in a few sentences; may be empty
 * @param changes in the order in which they will be applied; at most 10,000
 */
public record ChangeSet(String title, String summary, List<Change> changes) {

  /** Copies the list and checks its length. */
  public ChangeSet {
    changes = List.copyOf(changes);
    if (changes.size() > 10_000) {
      throw new IllegalArgumentException(
          "a change set holds at most 10,000 changes; this one has " + changes.size());
    }
  }
}
