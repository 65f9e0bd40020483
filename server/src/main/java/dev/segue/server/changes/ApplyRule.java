package dev.segue.server.changes;

import java.util.Optional;
import org.jooq.DSLContext;

/** What may forbid that changes are applied without anybody having been asked. Thread-safe. */
@FunctionalInterface
public interface ApplyRule {

  /** Forbids nothing. */
  ApplyRule NONE = (tx, set) -> Optional.empty();

  /**
   * Looks at a set whose diagram asks nobody.
   *
   * @return why it may not be applied, and what to do; empty if it may
   */
  Optional<String> refusal(DSLContext tx, StoredChangeSet set);
}
