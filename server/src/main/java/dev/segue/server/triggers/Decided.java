package dev.segue.server.triggers;

import java.util.Locale;
import java.util.UUID;

/**
 * What became of a firing.
 *
 * @param reason why it was not started; empty if it was
 * @param runId the run that was started, or would have been
 * @param before whether this was decided earlier, and nothing happened now
 */
public record Decided(Outcome outcome, String reason, UUID runId, boolean before) {

  /** How a firing can end. */
  public enum Outcome {
    /** A run was started. */
    STARTED,
    /** None was started, on purpose. */
    SKIPPED,
    /** One is started later. */
    QUEUED,
    /** None could be started. */
    REFUSED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
