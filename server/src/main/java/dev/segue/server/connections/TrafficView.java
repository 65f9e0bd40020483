package dev.segue.server.connections;

import java.time.Instant;
import java.util.Optional;

/**
 * How a connection has fared of late, over all servers.
 *
 * @param lastFailure why it last failed; empty if it never did
 * @param calls calls of steps in the last quarter of an hour
 * @param failures how many of them failed
 * @param requestsPerSecond HTTP requests in the last minute, per second
 */
public record TrafficView(
    Optional<Instant> lastSuccessAt,
    Optional<Instant> lastFailureAt,
    String lastFailure,
    int calls,
    int failures,
    double requestsPerSecond) {}
