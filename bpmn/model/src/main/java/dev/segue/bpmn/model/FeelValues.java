package dev.segue.bpmn.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.feel.syntaxtree.ZonedTime;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values between JSON and the FEEL engine, whose results are Scala's lists, maps and numbers. */
final class FeelValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Digits before or after the point; a number with a large exponent would be written out. */
  private static final int MOST_PLACES = 1000;

  private FeelValues() {}

  static Map<String, Object> toContext(ObjectNode variables) {
    Map<String, Object> context = new LinkedHashMap<>();
    variables.properties().forEach(field -> put(context, field.getKey(), field.getValue()));
    return context;
  }

  @SuppressWarnings("NullAway") // The engine takes null for FEEL's null.
  private static void put(Map<String, Object> context, String name, JsonNode value) {
    context.put(name, fromJson(value));
  }

  private static @Nullable Object fromJson(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return toContext(object);
    }
    if (node instanceof ArrayNode array) {
      List<@Nullable Object> list = new ArrayList<>(array.size());
      array.forEach(item -> list.add(fromJson(item)));
      return list;
    }
    if (node.isNumber()) {
      boolean finite = !node.isFloatingPointNumber() || Double.isFinite(node.doubleValue());
      return finite || node.isBigDecimal() ? node.decimalValue() : null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNull() || node.isMissingNode() ? null : node.asString();
  }

  static JsonNode toJson(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Boolean flag -> NODES.booleanNode(flag);
      case scala.math.BigDecimal number -> number(number.bigDecimal());
      case BigDecimal number -> number(number);
      case Number number -> number(new BigDecimal(number.toString()));
      case String text -> NODES.stringNode(text);
      case scala.collection.Map<?, ?> map -> object(CollectionConverters.asJava(map));
      case Map<?, ?> map -> object(map);
      case scala.collection.Iterable<?> items -> array(CollectionConverters.asJava(items));
      case Iterable<?> items -> array(items);
      default -> NODES.stringNode(text(value));
    };
  }

  private static JsonNode number(BigDecimal number) {
    if (Math.abs((long) number.scale()) > MOST_PLACES) {
      throw new FeelException("The expression gives a number that is too large or too small.");
    }
    BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
    if (plain.scale() == 0 && plain.precision() < 18) {
      return NODES.numberNode(plain.longValueExact());
    }
    return NODES.numberNode(plain);
  }

  private static ObjectNode object(Map<?, ?> map) {
    ObjectNode object = NODES.objectNode();
    map.forEach((name, item) -> object.set(String.valueOf(name), toJson(item)));
    return object;
  }

  private static ArrayNode array(Iterable<?> items) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(toJson(item)));
    return array;
  }

  /** Times as the engine writes them into variables: with seconds, with the zone in brackets. */
  private static String text(Object value) {
    return switch (value) {
      case LocalDate date -> DateTimeFormatter.ISO_LOCAL_DATE.format(date);
      case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
      case OffsetTime time -> DateTimeFormatter.ISO_OFFSET_TIME.format(time);
      case ZonedTime time -> time.format();
      case LocalDateTime dateTime -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
      case ZonedDateTime dateTime -> DateTimeFormatter.ISO_ZONED_DATE_TIME.format(dateTime);
      default -> value.toString();
    };
  }
}
