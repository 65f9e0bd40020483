package dev.segue.server.triggers.monitors;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that must be remembered of a group between two evaluations.
 *
 * @param since when the phase began
 * @param at when it was last evaluated; what is older is ignored
 * @param forming the alert that opens if the condition stays met; null if it isn't met
 * @param recoveredAt since when the value is back while an alert is open; null if it isn't
 * @param alert the open alert; null for none
 * @param quietUntil before which no alert opens
 */
public record AlertState(
    AlertPhase phase,
    Instant since,
    Instant at,
    @Nullable Alert forming,
    @Nullable Instant recoveredAt,
    @Nullable Alert alert,
    Instant quietUntil) {

  /** Refuses what lacks a part, as what was stored by somebody else may. */
  public AlertState {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(quietUntil, "quietUntil");
  }

  /** Of a group that was never evaluated. */
  public static AlertState start() {
    return new AlertState(
        AlertPhase.NORMAL, Instant.EPOCH, Instant.EPOCH, null, null, null, Instant.EPOCH);
  }
}
