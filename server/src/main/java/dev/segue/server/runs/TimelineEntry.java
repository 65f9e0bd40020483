package dev.segue.server.runs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One element of a diagram that a run came to.
 *
 * @param id the engine's key of the element instance
 * @param run the run that it is in; null while unknown
 * @param parent the {@code id} of the entry that it is inside of; null at the top
 * @param element its id in the diagram
 * @param name its label; see {@link ElementWords}
 * @param state {@code active}, {@code completed} or {@code terminated}
 * @param attempts how often a plugin tried; null for what isn't a step, or hasn't been tried
 * @param retriesLeft how often a step may still fail; null for what isn't a step
 * @param outcome how the last attempt ended
 * @param input what the diagram's input mappings gave it; null if it has none
 * @param result what the step returned
 * @param changes ids of the change sets that it planned or applied
 */
public record TimelineEntry(
    String id,
    @Nullable UUID run,
    @Nullable String parent,
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
    @Nullable Integer retriesLeft,
    @Nullable String outcome,
    @Nullable String message,
    @Nullable ObjectNode input,
    @Nullable JsonNode result,
    @Nullable List<String> changes) {}
