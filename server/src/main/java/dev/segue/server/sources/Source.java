package dev.segue.server.sources;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A source as it is stored.
 *
 * @param definition as {@link Definition#complete} gave it
 * @param pause null if it isn't paused
 * @param dueAt when its points are fetched next
 * @param collectedTo until when all points were fetched; null for none
 * @param last what became of the last attempt; null before the first
 */
record Source(
    String id,
    ObjectNode definition,
    @Nullable Pause pause,
    int version,
    String changedBy,
    Instant changedAt,
    Instant dueAt,
    @Nullable Instant collectedTo,
    @Nullable ObjectNode last) {

  /** Who paused it, when and why. */
  record Pause(String by, Instant at, String reason) {}

  /** As the API shows it. */
  ObjectNode shown() {
    ObjectNode view = definition.deepCopy();
    view.put("id", id);
    view.put("kind", definition.has("sql") ? "sql" : "plugin");
    view.put("paused", pause != null);
    if (pause != null) {
      view.put("pausedBy", pause.by());
      view.put("pausedAt", pause.at().toString());
      view.put("pauseReason", pause.reason());
    } else {
      view.put("nextAt", dueAt.toString());
    }
    if (collectedTo != null) {
      view.put("collectedTo", collectedTo.toString());
    }
    if (last != null) {
      view.set("last", last);
    }
    view.put("changedBy", changedBy);
    view.put("changedAt", changedAt.toString());
    view.put("version", version);
    return view;
  }
}
