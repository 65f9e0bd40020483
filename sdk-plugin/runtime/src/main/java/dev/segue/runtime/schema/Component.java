package dev.segue.runtime.schema;

import dev.segue.sdk.ChoiceSource;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One component of a record: its codec and what {@link Field} says about it. */
record Component(
    String name,
    Method accessor,
    Codec codec,
    boolean optional,
    @Nullable JsonNode absent,
    Constraints constraints,
    @Nullable Field field) {

  boolean mayBeAbsent() {
    return optional || absent != null;
  }

  ObjectNode schema(boolean nullable) {
    ObjectNode schema = Json.object();
    schema.put("title", title());
    if (field != null && !field.help().isEmpty()) {
      schema.put("description", field.help());
    }
    schema.setAll(codec.schema());
    constraints.describe(schema);
    if (absent != null) {
      schema.set("default", absent);
    }
    if (field != null) {
      describeForEditor(field, schema);
    }
    if (nullable) {
      allowNull(schema);
    }
    return schema;
  }

  private void describeForEditor(Field field, ObjectNode schema) {
    if (!field.example().isEmpty()) {
      schema.putArray("examples").add(FieldText.toJson(field.example(), codec));
    }
    if (field.multiline()) {
      schema.put("x-segue-multiline", true);
    }
    if (field.feel() != Field.Feel.AUTO) {
      schema.put("x-segue-feel", field.feel().name().toLowerCase(Locale.ROOT));
    }
    if (!field.group().isEmpty()) {
      schema.put("x-segue-group", field.group());
    }
    if (field.choicesFrom() != ChoiceSource.None.class) {
      schema.put("x-segue-choices", true);
    }
  }

  private static void allowNull(ObjectNode schema) {
    JsonNode type = schema.path("type");
    if (type instanceof ArrayNode types) {
      types.add("null");
    } else if (type.isString()) {
      schema.putArray("type").add(type.stringValue()).add("null");
    }
    if (schema.get("enum") instanceof ArrayNode values) {
      values.addNull();
    }
  }

  private String title() {
    if (field != null && !field.title().isEmpty()) {
      return field.title();
    }
    String words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  @Nullable Object read(@Nullable JsonNode given, Path path, Reading reading) {
    JsonNode node = given == null || given.isNull() ? absent : given;
    if (node == null) {
      if (optional) {
        return Optional.empty();
      }
      reading.problem(path, "is missing; give it a value");
      return null;
    }
    Object value = codec.read(node, path, reading);
    if (value == null) {
      return null;
    }
    constraints.check(value, message -> reading.problem(path, message));
    return optional ? Optional.of(value) : value;
  }

  /** Null for an optional that is empty, and where a problem has been reported. */
  @Nullable JsonNode write(Object owner, Path path, Writing writing) {
    Object value = value(owner);
    if (value instanceof Optional<?> wrapped && optional) {
      return wrapped.isPresent() ? writePresent(wrapped.get(), path, writing) : null;
    }
    if (value == null) {
      writing.problem(path, "is null; make the component an Optional, or give it a value");
      return null;
    }
    return writePresent(value, path, writing);
  }

  private @Nullable JsonNode writePresent(Object value, Path path, Writing writing) {
    constraints.check(value, message -> writing.problem(path, message));
    return codec.write(value, path, writing);
  }

  void secrets(Object owner, Consumer<Secret> sink) {
    Object value = value(owner);
    Object present = value instanceof Optional<?> wrapped ? wrapped.orElse(null) : value;
    if (present != null) {
      codec.secrets(present, sink);
    }
  }

  private @Nullable Object value(Object owner) {
    try {
      return accessor.invoke(owner);
    } catch (InvocationTargetException e) {
      throw RecordCodec.unchecked(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("accessor of '" + name + "' was made accessible", e);
    }
  }
}
