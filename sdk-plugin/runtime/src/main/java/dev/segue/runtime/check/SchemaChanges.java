package dev.segue.runtime.check;

import dev.segue.runtime.check.DescriptorChanges.Asks;
import dev.segue.runtime.check.DescriptorChanges.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares two JSON Schemas as the SDK makes them. What a step takes may become wider without harm,
 * what it gives may become narrower.
 */
final class SchemaChanges {

  /** Records may contain themselves. */
  private static final int MOST_LEVELS = 8;

  private static final List<String> SHAPE =
      List.of("type", "format", "anyOf", "oneOf", "allOf", "not", "const");
  private static final List<String> LIMITS =
      List.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "minItems",
          "maxItems",
          "uniqueItems");

  private final String subject;
  private final boolean input;
  private final JsonNode oldRoot;
  private final JsonNode newRoot;
  private final List<Change> changes = new ArrayList<>();

  private SchemaChanges(String subject, boolean input, ObjectNode before, ObjectNode after) {
    this.subject = subject;
    this.input = input;
    this.oldRoot = before;
    this.newRoot = after;
  }

  /** Compares what users give. */
  static List<Change> ofInput(String subject, String path, ObjectNode before, ObjectNode after) {
    SchemaChanges found = new SchemaChanges(subject, true, before, after);
    found.compare(path, before, after, 0);
    return found.changes;
  }

  /** Compares what users get. */
  static List<Change> ofOutput(String subject, String path, ObjectNode before, ObjectNode after) {
    SchemaChanges found = new SchemaChanges(subject, false, before, after);
    found.compare(path, before, after, 0);
    return found.changes;
  }

  private void compare(String path, JsonNode oldNode, JsonNode newNode, int level) {
    if (level > MOST_LEVELS) {
      return;
    }
    JsonNode before = resolved(oldRoot, oldNode);
    JsonNode after = resolved(newRoot, newNode);
    if (before.equals(after) && oldRoot.path("$defs").equals(newRoot.path("$defs"))) {
      return;
    }
    for (String key : SHAPE) {
      if (!before.path(key).equals(after.path(key))) {
        add(path, "its %s was %s and is %s now", key, before, after, Asks.MAJOR);
      }
    }
    for (String key : LIMITS) {
      if (!before.path(key).equals(after.path(key))) {
        boolean freed = after.path(key).isMissingNode();
        Asks asks = input == freed ? Asks.MINOR : Asks.MAJOR;
        add(path, "its %s was %s and is %s now", key, before, after, asks);
      }
    }
    choices(path, before.path("enum"), after.path("enum"));
    fields(path, before, after, level);
    if (before.has("items") && after.has("items")) {
      compare(path + "[]", before.path("items"), after.path("items"), level + 1);
    }
    if (before.path("additionalProperties").isObject()
        && after.path("additionalProperties").isObject()) {
      compare(
          path + ".*",
          before.path("additionalProperties"),
          after.path("additionalProperties"),
          level + 1);
    }
  }

  private void fields(String path, JsonNode before, JsonNode after, int level) {
    Set<String> names = new LinkedHashSet<>(before.path("properties").propertyNames());
    names.addAll(after.path("properties").propertyNames());
    Set<String> neededBefore = texts(before.path("required"));
    Set<String> neededNow = texts(after.path("required"));
    for (String name : names) {
      String field = path.isEmpty() ? name : path + "." + name;
      boolean was = before.path("properties").has(name);
      boolean is = after.path("properties").has(name);
      boolean needed = neededNow.contains(name);
      if (!was) {
        boolean breaks = input && needed;
        add(field, breaks ? "is new and required" : "is new", breaks ? Asks.MAJOR : Asks.MINOR);
      } else if (!is) {
        add(field, "is gone", Asks.MAJOR);
      } else {
        if (needed != neededBefore.contains(name)) {
          add(
              field,
              needed ? "is required now" : "isn't required any more",
              needed == input ? Asks.MAJOR : Asks.MINOR);
        }
        compare(
            field,
            before.path("properties").path(name),
            after.path("properties").path(name),
            level + 1);
      }
    }
  }

  private void choices(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isMissingNode() || after.isMissingNode()) {
      add(
          path,
          after.isMissingNode() ? "takes any value now" : "takes only some values now: " + after,
          after.isMissingNode() == input ? Asks.MINOR : Asks.MAJOR);
      return;
    }
    Set<String> gone = texts(before);
    gone.removeAll(texts(after));
    Set<String> fresh = texts(after);
    fresh.removeAll(texts(before));
    if (!gone.isEmpty()) {
      add(path, "has no more choice " + String.join(", ", gone), input ? Asks.MAJOR : Asks.MINOR);
    }
    if (!fresh.isEmpty()) {
      add(path, "has the new choice " + String.join(", ", fresh), Asks.MINOR);
    }
  }

  private void add(
      String path, String format, String key, JsonNode before, JsonNode after, Asks asks) {
    add(path, format.formatted(key, shown(before.path(key)), shown(after.path(key))), asks);
  }

  private void add(String path, String message, Asks asks) {
    changes.add(new Change(subject, path, message, asks));
  }

  private static String shown(JsonNode value) {
    if (value.isMissingNode()) {
      return "open";
    }
    return value.isString() ? value.asString() : value.toString();
  }

  private static JsonNode resolved(JsonNode root, JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.startsWith("#/") ? root.at(reference.substring(1)) : node;
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(one -> texts.add(one.asString()));
    return texts;
  }
}
