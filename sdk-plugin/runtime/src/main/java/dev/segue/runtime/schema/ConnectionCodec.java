package dev.segue.runtime.schema;

import dev.segue.sdk.ConnectionType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A connection in an input, which JSON holds by its name. */
record ConnectionCodec(Class<? extends ConnectionType> type, String typeName) implements Codec {

  @Override
  public ObjectNode schema() {
    return Json.object()
        .put("type", "string")
        .put("minLength", 1)
        .put("x-segue-connection", typeName);
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isString() || node.stringValue().isBlank()) {
      reading.problem(
          path,
          "must be the name of a connection of the type "
              + typeName
              + ", but is "
              + Reading.found(node));
      return null;
    }
    String name = node.stringValue();
    try {
      ConnectionType account = reading.connections.resolve(name, type);
      if (!type.isInstance(account)) {
        reading.problem(path, "names '" + name + "', which is not of the type " + typeName);
        return null;
      }
      reading.resolved.add(new ResolvedConnection(path.toString(), name, account));
      return account;
    } catch (UnresolvedConnectionException e) {
      reading.problem(path, "cannot be used: " + e.getMessage());
      return null;
    }
  }

  @Override
  public JsonNode write(Object value, Path path, Writing writing) {
    return Json.NODES.stringNode(writing.connectionNames().apply((ConnectionType) value));
  }

  @Override
  public boolean isText() {
    return true;
  }
}
