package dev.segue.server.plugins;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells when a step type in use is served no more, and when it is again. */
final class ServedAlarms {

  private static final String UNSERVED_ALARM = "step-type-unserved";

  private final PluginAlarms alarms;
  private final Set<String> raised = new HashSet<>();
  private boolean first = true;

  ServedAlarms(PluginAlarms alarms) {
    this.alarms = alarms;
  }

  /**
   * Looks at what is served now.
   *
   * @param missing the step types in use that nothing serves
   * @param inUse the workflows by the step types that they use
   */
  void check(Collection<String> missing, Map<String, Set<String>> inUse) {
    for (String type : missing) {
      if (raised.add(type)) {
        alarms.raise(
            UNSERVED_ALARM,
            type,
            "No plugin serves the step type %s any more, which is used by %s. Install or enable a plugin that serves it, or deploy the workflow without it."
                .formatted(type, String.join(", ", inUse.getOrDefault(type, Set.of()))));
      }
    }
    Set<String> suspects = new HashSet<>(raised);
    if (first) {
      // Alarms may be left from before the start.
      suspects.addAll(inUse.keySet());
      first = false;
    }
    for (String type : suspects) {
      if (!missing.contains(type)) {
        raised.remove(type);
        alarms.clear(UNSERVED_ALARM, type);
      }
    }
  }
}
