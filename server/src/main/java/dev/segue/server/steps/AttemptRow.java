package dev.segue.server.steps;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a run's timeline: what one attempt of a step did.
 *
 * @param outcome as in {@link StepMetrics#worked}
 * @param result the text of a JSON object, or null if there is none or it is too big
 * @param failed whether the plugin was at fault, or too slow
 */
record AttemptRow(
    long processInstanceKey,
    long elementInstanceKey,
    String elementId,
    long jobKey,
    String stepType,
    String pluginVersion,
    Instant startedAt,
    Instant finishedAt,
    String outcome,
    String message,
    @Nullable String result,
    boolean failed) {}
