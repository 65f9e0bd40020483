package dev.segue.runtime.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** True and false. */
record BooleanCodec() implements Codec {

  @Override
  public ObjectNode schema() {
    return Json.object().put("type", "boolean");
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    reading.problem(path, "must be true or false, but is " + Reading.found(node));
    return null;
  }

  @Override
  public JsonNode write(Object value, Path path, Writing writing) {
    return Json.NODES.booleanNode((Boolean) value);
  }
}
