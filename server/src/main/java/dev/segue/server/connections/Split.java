package dev.segue.server.connections;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.server.connections.ConnectionException.Kind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A connection's settings, parted into what may be shown and what may not.
 *
 * @param fields what may be shown
 * @param secrets clear texts by field
 */
record Split(ObjectNode fields, Map<String, String> secrets) {

  /**
   * Parts settings and checks that the type's required fields are there. Their types are checked
   * when the plugin binds them.
   *
   * @param kept secret fields that have a value already and may be left out
   */
  static Split of(ConnectionDescriptor type, ObjectNode settings, Map<String, ?> kept) {
    ObjectNode fields = settings.deepCopy();
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String field : type.secretFields()) {
      JsonNode value = fields.remove(field);
      if (value != null && !value.isNull() && !value.asString().isEmpty()) {
        secrets.put(field, value.asString());
      }
    }
    ObjectNode schema = type.schema();
    Set<String> unknown = new HashSet<>(settings.propertyNames());
    unknown.removeAll(schema.path("properties").propertyNames());
    if (!unknown.isEmpty()) {
      throw wrong(type, "has no field " + unknown);
    }
    for (JsonNode required : schema.path("required")) {
      String field = required.asString();
      boolean there =
          secrets.containsKey(field)
              || kept.containsKey(field)
              || (fields.has(field) && !fields.get(field).isNull());
      if (!there) {
        throw wrong(type, "needs the field '" + field + "'");
      }
    }
    return new Split(fields, secrets);
  }

  private static ConnectionException wrong(ConnectionDescriptor type, String message) {
    return new ConnectionException(
        Kind.INVALID, "A connection of the type " + type.type() + " " + message + ".");
  }

  @Override
  public String toString() {
    return "settings " + fields + " and secrets " + secrets.keySet();
  }
}
