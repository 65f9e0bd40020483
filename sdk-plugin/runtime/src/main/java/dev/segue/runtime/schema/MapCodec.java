package dev.segue.runtime.schema;

import dev.segue.sdk.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Maps with texts as keys, in the order of the JSON. */
record MapCodec(Codec element) implements Codec {

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    schema.set("additionalProperties", element.schema());
    return schema;
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isObject()) {
      reading.problem(path, "must be an object, but is " + Reading.found(node));
      return null;
    }
    int before = reading.problems.count();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Object value = element.read(entry.getValue(), path.field(entry.getKey()), reading);
      if (value != null) {
        values.put(entry.getKey(), value);
      }
    }
    return reading.problems.count() > before ? null : Collections.unmodifiableMap(values);
  }

  @Override
  public JsonNode write(Object value, Path path, Writing writing) {
    ObjectNode object = Json.object();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (entry.getValue() == null) {
        writing.problem(path.field(key), "is null; leave it out of the map");
        continue;
      }
      JsonNode node = element.write(entry.getValue(), path.field(key), writing);
      if (node != null) {
        object.set(key, node);
      }
    }
    return object;
  }

  @Override
  public void secrets(Object value, Consumer<Secret> sink) {
    ((Map<?, ?>) value).values().forEach(child -> element.secrets(child, sink));
  }
}
