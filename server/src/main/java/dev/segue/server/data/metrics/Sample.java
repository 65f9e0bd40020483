package dev.segue.server.data.metrics;

import java.time.Instant;

/**
 * A value of a series.
 *
 * @param at when it was true
 * @param value finite
 */
public record Sample(SeriesKey series, Instant at, double value) {}
