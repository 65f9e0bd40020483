/**
 * Runs: starting each one once, reading them, cancelling and repairing them. What the engine did
 * comes from {@link dev.segue.server.runs.history}; what was asked of it, but isn't in the history
 * yet, comes from the server's own rows. How steps run is none of this package's business.
 */
@NullMarked
package dev.segue.server.runs;

import org.jspecify.annotations.NullMarked;
