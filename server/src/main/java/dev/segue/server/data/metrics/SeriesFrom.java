package dev.segue.server.data.metrics;

import java.time.Instant;

/** A series from a time on, exclusive. */
public record SeriesFrom(long series, Instant after) {}
