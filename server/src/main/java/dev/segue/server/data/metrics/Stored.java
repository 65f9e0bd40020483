package dev.segue.server.data.metrics;

import java.time.Instant;

/**
 * A point as it is stored.
 *
 * @param of the place, in what was asked for, of the series that it belongs to
 */
public record Stored(int of, Instant at, double value) {}
