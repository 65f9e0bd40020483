package dev.segue.runtime.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The state of reading one value. */
final class Reading {

  private static final int SHOWN = 40;

  final Problems problems = new Problems();
  final ConnectionResolver connections;
  final List<ResolvedConnection> resolved = new ArrayList<>();

  Reading(ConnectionResolver connections) {
    this.connections = connections;
  }

  void problem(Path path, String message) {
    problems.add(path, message);
  }

  /** Names a value in a message; never in full if it is long. */
  static String found(JsonNode node) {
    if (node.isString()) {
      return "the text \"" + shortened(node.stringValue()) + "\"";
    }
    if (node.isNumber()) {
      return "the number " + shortened(node.toString());
    }
    if (node.isBoolean()) {
      return node.booleanValue() ? "true" : "false";
    }
    if (node.isArray()) {
      return "a list";
    }
    return node.isObject() ? "an object" : "null";
  }

  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
