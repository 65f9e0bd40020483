package dev.segue.server.rehearsals;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.segue.server.data.Knowledge;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rehearsal as it is stored.
 *
 * @param sites a run for each and day; empty for one of no site
 * @param asked time of day ({@code at}), {@code zone} and {@code variables}, as far as they were
 *     said
 * @param schedule by which the times and variables go; null for none
 * @param variables what each run begins with, before the schedule maps anything
 * @param concurrency how many runs go on at a time at most
 */
record Rehearsal(
    UUID id,
    String workflow,
    int version,
    LocalDate from,
    LocalDate to,
    List<String> sites,
    ObjectNode asked,
    @Nullable String schedule,
    Knowledge knowledge,
    boolean approves,
    ObjectNode variables,
    int concurrency,
    State state,
    @Nullable String cancelledBy,
    @Nullable String cancelReason,
    String startedBy,
    Instant createdAt,
    @Nullable Instant endedAt) {

  Rehearsal {
    sites = List.copyOf(sites);
  }

  /** How far it has come. */
  enum State {
    RUNNING,
    COMPLETED,
    CANCELLED;

    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
