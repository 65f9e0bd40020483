package dev.segue.server.runs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.segue.server.data.Knowledge;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param processInstanceKey the engine's key; null until it is known
 * @param parent the run that called this one; null if none did
 * @param mode null while unknown
 * @param knowledge what counts as known at {@code asOf}; null without that
 */
public record RunView(
    UUID id,
    String workflow,
    @Nullable String workflowTitle,
    @Nullable Integer version,
    @Nullable String processInstanceKey,
    @Nullable UUID parent,
    State state,
    @Nullable RunMode mode,
    @Nullable String site,
    @Nullable String businessKey,
    @Nullable Instant asOf,
    @Nullable Knowledge knowledge,
    String startedBy,
    String startKind,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    int openIncidents,
    int openApprovals,
    @Nullable String cancelReason,
    @Nullable String error) {

  /** How a run is, as far as Segue knows or has asked for. */
  public enum State {
    /** Promised; the engine hasn't begun it yet. */
    STARTING,
    /** Goes on. */
    ACTIVE,
    /** Can't go on without help, at least in a part. */
    INCIDENT,
    /** Is to be cancelled; the engine hasn't said yet that it is. */
    CANCELLING,
    /** Came to its end. */
    COMPLETED,
    /** Was ended before its end. */
    CANCELLED,
    /** The engine didn't take it. */
    REFUSED;

    /** The name in the API. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
