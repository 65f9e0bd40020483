package dev.segue.runtime.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Any JSON value as plain Java: texts, booleans, {@code Integer}, {@code Long}, {@code BigInteger},
 * {@code BigDecimal}, lists and maps. A field that is null is left out.
 */
record AnyCodec() implements Codec {

  @Override
  public ObjectNode schema() {
    return Json.object();
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (node.isObject()) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!entry.getValue().isNull()) {
          Object value = read(entry.getValue(), path.field(entry.getKey()), reading);
          if (value != null) {
            values.put(entry.getKey(), value);
          }
        }
      }
      return Collections.unmodifiableMap(values);
    }
    if (node.isArray()) {
      List<Object> values = new ArrayList<>(node.size());
      for (JsonNode child : node) {
        Object value = read(child, path.element(values.size()), reading);
        if (value != null) {
          values.add(value);
        }
      }
      return Collections.unmodifiableList(values);
    }
    if (node.isString()) {
      return node.stringValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      return number(node, path, reading);
    }
    reading.problem(path, "is null; leave it out");
    return null;
  }

  private static @Nullable Object number(JsonNode node, Path path, Reading reading) {
    BigDecimal value = node.decimalValue();
    if (NumberCodec.isOutsize(value)) {
      reading.problem(path, "is a number with too many digits");
      return null;
    }
    if (!node.isIntegralNumber()) {
      return value;
    }
    if (node.canConvertToInt()) {
      return node.intValue();
    }
    return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
  }

  @Override
  public @Nullable JsonNode write(Object value, Path path, Writing writing) {
    return switch (value) {
      case String text -> Json.NODES.stringNode(text);
      case Boolean bool -> Json.NODES.booleanNode(bool);
      case Integer number -> Json.NODES.numberNode(number);
      case Long number -> Json.NODES.numberNode(number);
      case BigInteger number -> Json.NODES.numberNode(number);
      case BigDecimal number -> Json.NODES.numberNode(number);
      case Collection<?> list -> writeList(list, path, writing);
      case Map<?, ?> map -> writeMap(map, path, writing);
      default -> {
        writing.problem(
            path,
            "is a "
                + value.getClass().getName()
                + "; use String, BigDecimal, Integer, Long, Boolean, List or Map");
        yield null;
      }
    };
  }

  private JsonNode writeList(Collection<?> list, Path path, Writing writing) {
    ArrayNode array = Json.NODES.arrayNode();
    int index = 0;
    for (Object child : list) {
      Path place = path.element(index++);
      JsonNode node = child == null ? null : write(child, place, writing);
      if (child == null) {
        writing.problem(place, "is null; leave it out of the list");
      }
      if (node != null) {
        array.add(node);
      }
    }
    return array;
  }

  private JsonNode writeMap(Map<?, ?> map, Path path, Writing writing) {
    ObjectNode object = Json.object();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      JsonNode node =
          entry.getValue() == null ? null : write(entry.getValue(), path.field(key), writing);
      if (node != null) {
        object.set(key, node);
      }
    }
    return object;
  }
}
