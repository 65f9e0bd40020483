package dev.segue.server.data.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A series that is there.
 *
 * @param lastAt the time of its latest point; null if it has none
 */
public record StoredSeries(long id, SeriesKey key, @Nullable Instant lastAt) {}
