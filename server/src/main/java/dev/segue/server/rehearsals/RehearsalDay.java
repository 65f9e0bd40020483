package dev.segue.server.rehearsals;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A day of a rehearsal as it is stored.
 *
 * @param site null for none
 * @param asOf the run's now; null if there is no run
 * @param reason why it is in its state; may be empty
 * @param run null before it was started
 * @param report null before its run has ended
 */
record RehearsalDay(
    UUID rehearsal,
    int ordinal,
    LocalDate day,
    @Nullable String site,
    @Nullable Instant asOf,
    LocalDate businessDate,
    State state,
    String reason,
    @Nullable UUID run,
    @Nullable ObjectNode report,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /** What becomes of a day. */
  enum State {
    PLANNED,
    RUNNING,
    /** Its run came to its end. */
    COMPLETED,
    /** Its run came to a wait for days to pass or for a message, and was ended there. */
    WAITS,
    FAILED,
    /** There is no run on that day. */
    SKIPPED,
    CANCELLED;

    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /** The id of its run: the same whoever starts it and however often. */
  UUID runId() {
    return UUID.nameUUIDFromBytes(
        "rehearsal:%s:%s:%s".formatted(rehearsal, day, site).getBytes(StandardCharsets.UTF_8));
  }
}
