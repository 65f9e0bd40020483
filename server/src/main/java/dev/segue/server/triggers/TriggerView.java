package dev.segue.server.triggers;

import dev.segue.server.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** A trigger as the API shows it: its settings under the name of its kind. */
final class TriggerView {

  private TriggerView() {}

  static ObjectNode of(Trigger trigger) {
    ObjectNode view = Json.object();
    view.put("id", trigger.id());
    view.put("kind", trigger.kind());
    view.put("title", trigger.title());
    view.put("workflow", trigger.workflowId());
    view.put("mode", trigger.mode().label());
    view.set("variables", trigger.variables());
    if (!trigger.mapping().isEmpty()) {
      view.set("mapping", trigger.mapping());
    }
    view.set(trigger.kind(), trigger.settings());
    view.put("origin", trigger.origin().label());
    Trigger.Pause pause = trigger.pause();
    view.put("paused", pause != null);
    if (pause != null) {
      view.put("pausedBy", pause.by());
      view.put("pausedAt", pause.at().toString());
      view.put("pauseReason", pause.reason());
    }
    view.put("changedBy", trigger.changedBy());
    view.put("changedAt", trigger.changedAt().toString());
    view.put("version", trigger.version());
    return view;
  }
}
