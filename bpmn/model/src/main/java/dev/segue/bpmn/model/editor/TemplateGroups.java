package dev.segue.bpmn.model.editor;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/** The headings of one template: those that are in use, in the order of their first use. */
final class TemplateGroups {

  static final String CONNECTION = "Connection";
  static final String INPUT = "Input";
  static final String RESULT = "Result";
  static final String FAILURE = "Errors and retries";
  static final String ADVANCED = "Advanced";

  private static final Map<String, String> OWN =
      Map.of(
          CONNECTION, "connection",
          INPUT, "input",
          RESULT, "result",
          FAILURE, "failure",
          ADVANCED, "advanced");

  private final Map<String, String> idsByLabel = new LinkedHashMap<>();

  /** The id of the group under a heading. */
  String id(String label) {
    String fresh = OWN.getOrDefault(label, "group-" + (idsByLabel.size() + 1));
    return idsByLabel.computeIfAbsent(label, any -> fresh);
  }

  void writeTo(ArrayNode groups) {
    idsByLabel.forEach(
        (label, id) ->
            groups
                .addObject()
                .put("id", id)
                .put("label", label)
                .put("openByDefault", !label.equals(FAILURE) && !label.equals(ADVANCED)));
  }
}
