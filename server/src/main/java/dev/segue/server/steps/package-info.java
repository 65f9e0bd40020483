/**
 * The path of a job from the engine to a plugin's step and back, and the journal by which a
 * repeated delivery is recognised.
 *
 * <p>{@link dev.segue.server.steps.JobPath} is the place to start reading. What a run is, and how
 * changes are planned and applied, is known by those above, who come in by {@link
 * dev.segue.server.steps.RunContexts} and {@link dev.segue.server.steps.JobRunner}.
 */
@NullMarked
package dev.segue.server.steps;

import org.jspecify.annotations.NullMarked;
