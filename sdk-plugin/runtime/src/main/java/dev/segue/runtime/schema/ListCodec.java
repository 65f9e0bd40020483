package dev.segue.runtime.schema;

import dev.segue.sdk.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, and sets that keep the order of the list. */
record ListCodec(Codec element, boolean unique) implements Codec {

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "array");
    schema.set("items", element.schema());
    return unique ? schema.put("uniqueItems", true) : schema;
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isArray()) {
      reading.problem(path, "must be a list, but is " + Reading.found(node));
      return null;
    }
    int before = reading.problems.count();
    Collection<Object> values = unique ? new LinkedHashSet<>() : new ArrayList<>(node.size());
    int index = 0;
    for (JsonNode child : node) {
      Object value = element.read(child, path.element(index), reading);
      if (value != null && !values.add(value)) {
        reading.problem(path.element(index), "is in the list already");
      }
      index++;
    }
    if (reading.problems.count() > before) {
      return null;
    }
    return unique
        ? Collections.unmodifiableSet((LinkedHashSet<Object>) values)
        : List.copyOf(values);
  }

  @Override
  public JsonNode write(Object value, Path path, Writing writing) {
    ArrayNode array = Json.NODES.arrayNode();
    int index = 0;
    for (Object child : (Collection<?>) value) {
      Path place = path.element(index++);
      if (child == null) {
        writing.problem(place, "is null; leave it out of the list");
        continue;
      }
      JsonNode node = element.write(child, place, writing);
      if (node != null) {
        array.add(node);
      }
    }
    return array;
  }

  @Override
  public void secrets(Object value, Consumer<Secret> sink) {
    ((Collection<?>) value).forEach(child -> element.secrets(child, sink));
  }
}
