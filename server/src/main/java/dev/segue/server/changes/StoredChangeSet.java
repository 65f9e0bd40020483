package dev.segue.server.changes;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change set as it is stored, without its changes.
 *
 * @param id identifies the set
 * @param runId the run that planned it, or null for an undo outside a run
 * @param processInstanceKey the engine's key of that run, or null
 * @param elementId the step that planned it, or null
 * @param stepType the change step without its half, {@code plugin:action:major}
 * @param pluginVersion the version that planned it
 * @param connections connection name by input field of the plan
 * @param siteId the run's site, or null
 * @param simulated whether the run only rehearses
 * @param title what the set does, in business words
 * @param summary why, in business words; may be empty
 * @param hash the content hash
 * @param count how many changes
 * @param totals sums of the amounts, one per currency
 * @param state how far it has come
 * @param supersedes the set in whose place this one stands, or null
 * @param undoes the set that this one takes back, or null
 * @param validUntil when the first of its changes becomes stale, or null
 * @param createdBy who or what made it
 * @param createdAt when it was planned
 */
public record StoredChangeSet(
    UUID id,
    @Nullable UUID runId,
    @Nullable Long processInstanceKey,
    @Nullable String elementId,
    String stepType,
    String pluginVersion,
    Map<String, String> connections,
    @Nullable String siteId,
    boolean simulated,
    String title,
    String summary,
    String hash,
    int count,
    JsonNode totals,
    ChangeSetState state,
    @Nullable UUID supersedes,
    @Nullable UUID undoes,
    @Nullable Instant validUntil,
    String createdBy,
    Instant createdAt) {}
