package dev.segue.server.runs.history;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One partition of an engine: how far it was written, how far it was projected.
 *
 * @param written position of the last record that the exporter wrote
 * @param conflict why the exporter stopped; null if it didn't
 * @param projected position of the last projected record; -1 for none
 * @param projectedDay its day; null for none
 */
record Source(
    UUID engineId,
    int partitionId,
    long written,
    @Nullable String conflict,
    long projected,
    @Nullable LocalDate projectedDay) {

  boolean hasNews() {
    return written > projected;
  }

  /** Whether the engine's positions began anew, or the database lost what it had. */
  boolean wentBack() {
    return written < projected;
  }
}
