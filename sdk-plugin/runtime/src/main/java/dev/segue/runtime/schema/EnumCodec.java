package dev.segue.runtime.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The constants of an enum by their names. */
record EnumCodec(Map<String, Enum<?>> constants) implements Codec {

  static EnumCodec of(Class<?> type) {
    Map<String, Enum<?>> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      Enum<?> named = (Enum<?>) constant;
      constants.put(named.name(), named);
    }
    return new EnumCodec(constants);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "string");
    ArrayNode names = schema.putArray("enum");
    constants.keySet().forEach(names::add);
    return schema;
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    Object constant = node.isString() ? constants.get(node.stringValue()) : null;
    if (constant == null) {
      reading.problem(
          path,
          "must be one of "
              + String.join(", ", constants.keySet())
              + ", but is "
              + Reading.found(node));
    }
    return constant;
  }

  @Override
  public JsonNode write(Object value, Path path, Writing writing) {
    return Json.NODES.stringNode(((Enum<?>) value).name());
  }

  @Override
  public boolean isText() {
    return true;
  }
}
