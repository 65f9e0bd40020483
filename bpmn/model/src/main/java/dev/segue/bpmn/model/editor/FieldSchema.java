package dev.segue.bpmn.model.editor;

import dev.segue.bpmn.model.editor.TypedField.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One property of an object's JSON Schema, in the words of an editor. */
record FieldSchema(String name, JsonNode schema, boolean required) {

  /** How an editor treats expressions in the field. */
  enum Feel {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  static FieldSchema of(String name, JsonNode owner) {
    boolean required = false;
    for (JsonNode given : owner.path("required")) {
      required |= given.asString("").equals(name);
    }
    return new FieldSchema(name, owner.path("properties").path(name), required);
  }

  /** The fields of an object's schema, in order. */
  static List<FieldSchema> all(JsonNode owner) {
    return owner.path("properties").propertyNames().stream().map(name -> of(name, owner)).toList();
  }

  String title() {
    return text("title");
  }

  /** What people call it; its name if nobody gave it a title. */
  String label() {
    return title().isBlank() ? name : title();
  }

  String help() {
    return text("description").strip();
  }

  String group() {
    return text("x-segue-group");
  }

  /** The connection type that it names; empty if it is no connection. */
  String connection() {
    return text("x-segue-connection");
  }

  boolean mayBeAbsent() {
    return !required;
  }

  boolean isNullable() {
    return types().contains("null");
  }

  boolean isMultiline() {
    return schema.path("x-segue-multiline").asBoolean(false);
  }

  @Nullable JsonNode defaultValue() {
    return present(schema.get("default"));
  }

  @Nullable JsonNode example() {
    return present(schema.path("examples").get(0));
  }

  /** The allowed texts; empty for any. */
  List<String> choices() {
    List<String> choices = new ArrayList<>();
    for (JsonNode choice : schema.path("enum")) {
      if (choice.isString()) {
        choices.add(choice.stringValue());
      }
    }
    return List.copyOf(choices);
  }

  /** A decimal may be a text as well; for FEEL it is a number first of all. */
  Type type() {
    Set<String> types = types();
    if (types.contains("object")) {
      return Type.CONTEXT;
    }
    if (types.contains("array")) {
      return Type.LIST;
    }
    if (types.contains("boolean")) {
      return Type.BOOLEAN;
    }
    if (types.contains("number") || types.contains("integer")) {
      return Type.NUMBER;
    }
    return types.contains("string") ? Type.STRING : Type.ANY;
  }

  Feel feel() {
    Type type = type();
    boolean literal = type != Type.LIST && type != Type.CONTEXT;
    return switch (text("x-segue-feel")) {
      case "required" -> Feel.REQUIRED;
      case "optional" -> literal ? Feel.OPTIONAL : Feel.REQUIRED;
      case "none" -> literal && type != Type.ANY ? Feel.NONE : Feel.REQUIRED;
      default -> literal ? automatic() : Feel.REQUIRED;
    };
  }

  /**
   * Whether each component of the record is to be a field of its own, none of them an expression.
   */
  boolean isSpread() {
    return required
        && text("x-segue-feel").equals("none")
        && schema.path("properties").size() > 0
        && all(schema).stream()
            .allMatch(field -> field.type() != Type.CONTEXT && field.type() != Type.LIST);
  }

  private Feel automatic() {
    return choices().isEmpty() ? Feel.OPTIONAL : Feel.NONE;
  }

  private Set<String> types() {
    Set<String> types = new TreeSet<>();
    JsonNode type = schema.path("type");
    if (type.isString()) {
      types.add(type.stringValue());
    }
    for (JsonNode each : type.isArray() ? type : schema.path("none")) {
      types.add(each.asString(""));
    }
    return types;
  }

  private String text(String keyword) {
    return schema.path(keyword).asString("");
  }

  private static @Nullable JsonNode present(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node;
  }
}
