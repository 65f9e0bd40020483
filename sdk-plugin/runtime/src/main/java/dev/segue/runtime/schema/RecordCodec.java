package dev.segue.runtime.schema;

import dev.segue.sdk.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Records, component by component, through their canonical constructor. */
final class RecordCodec implements Codec {

  private final Constructor<?> constructor;
  private final List<Component> components;
  private final Set<String> names = new HashSet<>();
  private final boolean ignoresUnknown;
  private final boolean output;

  RecordCodec(
      Constructor<?> constructor,
      List<Component> components,
      boolean ignoresUnknown,
      boolean output) {
    this.constructor = constructor;
    this.components = List.copyOf(components);
    this.ignoresUnknown = ignoresUnknown;
    this.output = output;
    components.forEach(component -> names.add(component.name()));
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = Json.NODES.arrayNode();
    for (Component component : components) {
      boolean nullable = output ? component.optional() : component.mayBeAbsent();
      properties.set(component.name(), component.schema(nullable));
      if (output || !component.mayBeAbsent()) {
        required.add(component.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return ignoresUnknown ? schema : schema.put("additionalProperties", false);
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isObject()) {
      reading.problem(path, "must be an object, but is " + Reading.found(node));
      return null;
    }
    int before = reading.problems.count();
    if (!ignoresUnknown) {
      refuseUnknown(node, path, reading);
    }
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      values[i] = component.read(node.get(component.name()), path.field(component.name()), reading);
    }
    return reading.problems.count() > before ? null : construct(values, path, reading);
  }

  private void refuseUnknown(JsonNode node, Path path, Reading reading) {
    for (String given : node.propertyNames()) {
      if (!names.contains(given)) {
        reading.problem(
            path.field(given),
            "is unknown here; known are "
                + String.join(", ", components.stream().map(Component::name).toList()));
      }
    }
  }

  private @Nullable Object construct(Object[] values, Path path, Reading reading) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception refusal) {
        reading.problem(
            path,
            "is refused: "
                + (refusal.getMessage() == null
                    ? refusal.getClass().getSimpleName()
                    : refusal.getMessage()));
        return null;
      }
      throw unchecked(e);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("constructor of a record was made accessible", e);
    }
  }

  @Override
  public ObjectNode write(Object value, Path path, Writing writing) {
    ObjectNode object = Json.object();
    for (Component component : components) {
      JsonNode node = component.write(value, path.field(component.name()), writing);
      if (node != null) {
        object.set(component.name(), node);
      } else if (output) {
        object.putNull(component.name());
      }
    }
    return object;
  }

  @Override
  public void secrets(Object value, Consumer<Secret> sink) {
    components.forEach(component -> component.secrets(value, sink));
  }

  List<Component> components() {
    return components;
  }

  static RuntimeException unchecked(InvocationTargetException e) {
    return switch (e.getCause()) {
      case RuntimeException thrown -> thrown;
      case Error thrown -> throw thrown;
      case null, default -> new IllegalStateException("a record threw a checked exception", e);
    };
  }
}
