package dev.segue.runtime;

import dev.segue.sdk.MetricSource;
import dev.segue.sdk.MetricSource.MetricInfo;
import java.util.Optional;

/**
 * A metric that a plugin offers, and what reads it.
 *
 * @param info what it is
 * @param source reads its points
 * @param connection the type of the account that it reads from; empty for none
 */
public record MetricBinding(
    MetricInfo info, MetricSource source, Optional<ConnectionBinding> connection) {}
