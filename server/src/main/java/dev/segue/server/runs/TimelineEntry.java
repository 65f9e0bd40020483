package dev.segue.server.runs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One element of a diagram that a run came to.
 *
 * @param element its id in the diagram
 * @param name its label; its id if it has none
 * @param state {@code active}, {@code completed} or {@code terminated}
 * @param attempts how often a plugin tried; null for what isn't a step, or hasn't been tried
 * @param outcome how the last attempt ended
 * @param result what the step returned
 * @param changes ids of the change sets that it planned or applied
 */
public record TimelineEntry(
    String element,
    String name,
    String type,
    String state,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Long durationMillis,
    @Nullable String stepType,
    @Nullable String plugin,
    @Nullable String pluginVersion,
    @Nullable Integer attempts,
    @Nullable String outcome,
    @Nullable String message,
    @Nullable JsonNode result,
    @Nullable List<String> changes) {}
