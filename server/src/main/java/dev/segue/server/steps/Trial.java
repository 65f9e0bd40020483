package dev.segue.server.steps;

import dev.segue.sdk.Site;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A step that somebody wants to see at work, outside of any run.
 *
 * @param stepType which step
 * @param input its input; for the apply half of a change step, the input of its plan half
 * @param connections names of connections by input field, put over the input
 * @param pluginVersion which version of the plugin, or null for the one that serves the type
 * @param site where it takes place
 * @param limit how long it may take at most
 */
record Trial(
    String stepType,
    ObjectNode input,
    Map<String, String> connections,
    @Nullable String pluginVersion,
    Optional<Site> site,
    Duration limit) {

  Trial {
    connections = Map.copyOf(connections);
  }

  /** The input with the connections in their places; the caller's own is left as it is. */
  ObjectNode wholeInput() {
    ObjectNode whole = input.deepCopy();
    connections.forEach(whole::put);
    return whole;
  }
}
