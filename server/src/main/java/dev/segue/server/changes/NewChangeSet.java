package dev.segue.server.changes;

import dev.segue.sdk.ChangeSet;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change set that is about to be stored.
 *
 * @param planKey the plan step's idempotency key, by which a repeated plan finds its set; null for
 *     sets that no step planned
 * @param runId the run, or null for an undo outside a run
 * @param processInstanceKey the engine's key of the run, or null
 * @param elementId the step that planned it, or null
 * @param stepType the change step without its half, {@code plugin:action:major}
 * @param pluginVersion the version that planned it
 * @param connections connection name by input field of the plan
 * @param siteId the run's site, or null
 * @param simulated whether the run only rehearses
 * @param supersedes the set in whose place this one stands, or null
 * @param undoes the set that this one takes back, or null
 * @param createdBy who or what made it
 * @param content title, summary and changes
 */
record NewChangeSet(
    @Nullable String planKey,
    @Nullable UUID runId,
    @Nullable Long processInstanceKey,
    @Nullable String elementId,
    String stepType,
    String pluginVersion,
    Map<String, String> connections,
    @Nullable String siteId,
    boolean simulated,
    @Nullable UUID supersedes,
    @Nullable UUID undoes,
    String createdBy,
    ChangeSet content) {

  /** The edited set that stands in the place of a stored one. */
  static NewChangeSet inPlaceOf(StoredChangeSet old, ChangeSet edited, String editedBy) {
    return new NewChangeSet(
        null,
        old.runId(),
        old.processInstanceKey(),
        old.elementId(),
        old.stepType(),
        old.pluginVersion(),
        old.connections(),
        old.siteId(),
        old.simulated(),
        old.id(),
        old.undoes(),
        editedBy,
        edited);
  }
}
