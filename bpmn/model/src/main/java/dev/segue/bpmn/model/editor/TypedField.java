package dev.segue.bpmn.model.editor;

import dev.segue.runtime.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field of a step's input or result, as FEEL sees it: what an editor offers after a dot.
 *
 * @param name as in FEEL and JSON
 * @param title for people; empty if the schema has none
 * @param type what FEEL takes it for
 * @param format such as {@code date} or {@code money}; empty for none
 * @param description one or two sentences; may be empty
 * @param optional whether it may be null or missing
 * @param nested the fields of a context, or of the contexts in a list; empty where nobody knows
 */
public record TypedField(
    String name,
    String title,
    Type type,
    String format,
    String description,
    boolean optional,
    List<TypedField> nested) {

  /** The types of FEEL that JSON knows; dates and times arrive as strings. */
  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    LIST,
    CONTEXT,
    ANY;

    /** The name that FEEL has for it. */
    public String feelName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int DEEPEST = 16;

  public TypedField {
    nested = List.copyOf(nested);
  }

  /**
   * Lists the fields that a schema describes.
   *
   * @param schema a JSON Schema of an object, such as a step's output schema
   * @return its fields, in order; deeper than sixteen levels nothing is told
   */
  public static List<TypedField> of(ObjectNode schema) {
    return fields(schema, 0);
  }

  /**
   * Writes fields for the API.
   *
   * @return an array of objects with the components' names, empty texts and lists left out
   */
  public static ArrayNode toJson(List<TypedField> fields) {
    ArrayNode array = Json.object().putArray("fields");
    for (TypedField field : fields) {
      ObjectNode json = array.addObject();
      json.put("name", field.name).put("type", field.type.feelName());
      putText(json, "title", field.title);
      putText(json, "format", field.format);
      putText(json, "description", field.description);
      json.put("optional", field.optional);
      if (!field.nested.isEmpty()) {
        json.set("nested", toJson(field.nested));
      }
    }
    return array;
  }

  private static void putText(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  private static List<TypedField> fields(JsonNode schema, int depth) {
    if (depth == DEEPEST) {
      return List.of();
    }
    List<TypedField> fields = new ArrayList<>();
    FieldSchema.all(schema).forEach(field -> fields.add(of(field, depth)));
    return fields;
  }

  static TypedField of(FieldSchema field) {
    return of(field, 0);
  }

  private static TypedField of(FieldSchema field, int depth) {
    return new TypedField(
        field.name(),
        field.title(),
        field.type(),
        field.schema().path("format").asString(""),
        field.help(),
        field.mayBeAbsent() || field.isNullable(),
        nested(field.schema(), depth + 1));
  }

  /** A list's nested fields are those of its elements, however many lists lie in between. */
  private static List<TypedField> nested(JsonNode property, int depth) {
    JsonNode element = property;
    while (element.has("items")) {
      element = element.path("items");
    }
    return fields(element, depth);
  }

  /** The type in a few characters, such as <code>{amount: number, currency: string}</code>. */
  String shape() {
    return switch (type) {
      case CONTEXT -> nested.isEmpty() ? "context" : context(nested);
      case LIST -> nested.isEmpty() ? "list" : "[" + context(nested) + "]";
      case STRING -> format.isEmpty() ? "string" : format.replace('-', ' ');
      case NUMBER, BOOLEAN, ANY -> type.feelName();
    };
  }

  private static String context(List<TypedField> fields) {
    List<String> parts = new ArrayList<>();
    for (TypedField field : fields) {
      parts.add(field.name + (field.optional ? "?: " : ": ") + field.shape());
    }
    return "{" + String.join(", ", parts) + "}";
  }
}
