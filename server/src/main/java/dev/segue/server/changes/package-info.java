/**
 * Change sets: stored when a step plans them, decided by people or policies, applied one change at
 * a time and each at most once.
 *
 * <p>A set is applied only under a final decision row for its very hash. How a user task collects
 * votes is the business of {@code approvals}; how a job travels from the engine to a plugin is that
 * of {@code steps}.
 */
@NullMarked
package dev.segue.server.changes;

import org.jspecify.annotations.NullMarked;
