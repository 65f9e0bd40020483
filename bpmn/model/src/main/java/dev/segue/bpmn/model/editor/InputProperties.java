package dev.segue.bpmn.model.editor;

import dev.segue.bpmn.model.editor.FieldSchema.Feel;
import dev.segue.bpmn.model.editor.TypedField.Type;
import dev.segue.runtime.schema.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the properties of a template that map variables to a step's input. */
final class InputProperties {

  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry("date", "2026-03-01"),
          Map.entry("local-time", "17:30"),
          Map.entry("local-date-time", "2026-03-01T17:30"),
          Map.entry("date-time", "2026-03-01T17:30:00Z"),
          Map.entry("zoned-date-time", "2026-03-01T17:30:00+01:00[Europe/Berlin]"),
          Map.entry("duration", "PT2H30M"),
          Map.entry("period", "P3M"),
          Map.entry("year-month", "2026-03"),
          Map.entry("year", "2026"),
          Map.entry("time-zone", "Europe/Berlin"),
          Map.entry("currency", "EUR"),
          Map.entry("uri", "https://example.com"));

  /** Of Java's regular expressions those parts that JavaScript lacks or reads differently. */
  private static final Pattern JAVA_ONLY =
      Pattern.compile("\\(\\?[^:=!<]|\\\\[pPAzZQEGhHRXN]|[*+?}]\\+|&&|\\[\\^?\\[");

  private static final int LONGEST_SHAPE = 400;

  private final TemplateGroups groups;
  private final ArrayNode properties;

  InputProperties(TemplateGroups groups, ArrayNode properties) {
    this.groups = groups;
    this.properties = properties;
  }

  /** Adds one property for each field, and for each component of a record that is spread out. */
  void add(ObjectNode inputSchema) {
    for (FieldSchema field : FieldSchema.all(inputSchema)) {
      if (field.isSpread()) {
        String group = field.group().isEmpty() ? field.label() : field.group();
        FieldSchema.all(field.schema())
            .forEach(part -> properties.add(property(part, field.name() + ".", group)));
      } else {
        properties.add(property(field, "", group(field)));
      }
    }
  }

  private static String group(FieldSchema field) {
    if (!field.group().isEmpty()) {
      return field.group();
    }
    return field.connection().isEmpty() ? TemplateGroups.INPUT : TemplateGroups.CONNECTION;
  }

  private ObjectNode property(FieldSchema field, String prefix, String group) {
    String target = prefix + field.name();
    Place place = new Place("input." + target, groups.id(group));
    Property property = control(field, place).description(description(field));
    if (field.type() == Type.BOOLEAN && !field.feel().equals(Feel.REQUIRED) && !isOpen(field)) {
      return property.bind(Property.input(target));
    }
    constrain(field, field.required() ? property.required() : property.optional());
    return property.bind(Property.input(target));
  }

  private record Place(String id, String group) {
    Property of(String type, FieldSchema field) {
      return Property.of(type, id, field.label(), group);
    }
  }

  private static Property control(FieldSchema field, Place place) {
    if (field.feel() == Feel.REQUIRED) {
      return expression(field, place);
    }
    if (!field.choices().isEmpty()) {
      return choice(field, place);
    }
    return switch (field.type()) {
      case BOOLEAN -> truth(field, place);
      case NUMBER -> number(field, place);
      case STRING, ANY, LIST, CONTEXT -> text(field, place);
    };
  }

  private static Property expression(FieldSchema field, Place place) {
    Property property = place.of("Text", field).feel("required");
    JsonNode example = field.example();
    property.placeholder(example == null ? "" : "=" + Json.write(example));
    JsonNode value = field.defaultValue();
    return value == null ? property : property.value("=" + Json.write(value));
  }

  /** A dropdown can't hold an expression; a field that may be one is a text. */
  private static Property choice(FieldSchema field, Place place) {
    JsonNode preset = field.defaultValue();
    if (field.feel() == Feel.OPTIONAL) {
      return preset(place.of("String", field).feel("optional"), preset);
    }
    Property property = place.of("Dropdown", field);
    if (field.required() && preset == null) {
      property.choice("…", "").value("");
    }
    boolean constants = areConstants(field.choices());
    for (String choice : field.choices()) {
      property.choice(constants ? words(choice) : choice, literal(choice));
    }
    return preset(property, preset);
  }

  /** A tick box is yes or no; where the step tells a third case, so does the editor. */
  private static Property truth(FieldSchema field, Place place) {
    if (isOpen(field)) {
      return place.of("Dropdown", field).choice("Yes", "=true").choice("No", "=false");
    }
    JsonNode value = field.defaultValue();
    return place
        .of("Boolean", field)
        .feel(field.feel() == Feel.NONE ? "static" : "optional")
        .value(value != null && value.isBoolean() ? value : Json.parse("false"));
  }

  private static boolean isOpen(FieldSchema field) {
    return field.mayBeAbsent() && field.defaultValue() == null;
  }

  private static Property number(FieldSchema field, Place place) {
    Property property =
        place.of("Number", field).feel(field.feel() == Feel.NONE ? "static" : "optional");
    JsonNode value = field.defaultValue();
    return value != null && value.isNumber() ? property.value(value) : property;
  }

  private static Property text(FieldSchema field, Place place) {
    Property property = place.of(field.isMultiline() ? "Text" : "String", field);
    if (field.feel() == Feel.OPTIONAL) {
      property.feel("optional");
    }
    JsonNode example = field.example();
    String sample = SAMPLES.getOrDefault(field.schema().path("format").asString(""), "");
    return preset(
        property.placeholder(example == null ? sample : example.asString(sample)),
        field.defaultValue());
  }

  private static Property preset(Property property, @Nullable JsonNode value) {
    if (value == null) {
      return property;
    }
    return property.value(
        value.isString() ? literal(value.stringValue()) : "=" + Json.write(value));
  }

  /** A text that begins like an expression has to be written as one. */
  private static String literal(String text) {
    return text.startsWith("=") ? "=" + Json.write(Json.object().put("t", text).get("t")) : text;
  }

  /**
   * An editor tries lengths and patterns on an absent text, too, so only the longest length is safe
   * where the text may be absent.
   */
  private static void constrain(FieldSchema field, Property property) {
    if (field.type() != Type.STRING || field.feel() == Feel.REQUIRED) {
      return;
    }
    JsonNode schema = field.schema();
    if (schema.has("maxLength")) {
      property.constraints().set("maxLength", schema.get("maxLength"));
    }
    if (!field.required()) {
      return;
    }
    if (schema.path("minLength").asInt(0) > 1) {
      property.constraints().set("minLength", schema.get("minLength"));
    }
    String pattern = schema.path("pattern").asString("");
    if (!pattern.isEmpty() && !JAVA_ONLY.matcher(pattern).find()) {
      property.constraints().put("pattern", pattern);
    }
  }

  private static String description(FieldSchema field) {
    List<String> sentences = new ArrayList<>();
    if (!field.help().isEmpty()) {
      sentences.add(field.help());
    }
    if (!field.connection().isEmpty()) {
      sentences.add("The name of a connection of the type " + field.connection() + ".");
    }
    if (!field.choices().isEmpty() && field.feel() != Feel.NONE) {
      sentences.add("One of " + String.join(", ", field.choices()) + ".");
    }
    range(field.schema(), sentences);
    if (field.type() == Type.CONTEXT || field.type() == Type.LIST) {
      String shape = TypedField.of(field).shape();
      if (shape.startsWith("{") || shape.startsWith("[")) {
        sentences.add(shape.length() <= LONGEST_SHAPE ? "Its form: " + shape : "");
      }
    }
    return String.join(" ", sentences).strip();
  }

  private static void range(JsonNode schema, List<String> sentences) {
    boolean least = schema.path("minimum").isNumber();
    boolean most = schema.path("maximum").isNumber();
    if (least && most) {
      sentences.add("From " + plain(schema, "minimum") + " to " + plain(schema, "maximum") + ".");
    } else if (least) {
      sentences.add("At least " + plain(schema, "minimum") + ".");
    } else if (most) {
      sentences.add("At most " + plain(schema, "maximum") + ".");
    }
  }

  private static String plain(JsonNode schema, String keyword) {
    return schema.path(keyword).decimalValue().toPlainString();
  }

  /** Whether the choices look like the constants of an enum rather than like codes. */
  private static boolean areConstants(List<String> choices) {
    return choices.stream().allMatch(choice -> choice.matches("[A-Z][A-Z0-9_]*"))
        && choices.stream().anyMatch(choice -> choice.length() > 3);
  }

  private static String words(String constant) {
    String words = constant.replace('_', ' ').toLowerCase(Locale.ROOT).strip();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
