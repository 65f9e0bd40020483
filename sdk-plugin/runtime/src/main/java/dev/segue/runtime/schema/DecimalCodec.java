package dev.segue.runtime.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decimals: written as numbers, read from numbers and from texts, because a text such as {@code
 * "9.50"} is how careful systems keep a decimal from being rounded.
 */
record DecimalCodec(boolean alsoText) implements Codec {

  static final String PATTERN = "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?$";

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object();
    if (alsoText) {
      schema.putArray("type").add("number").add("string");
      schema.put("pattern", PATTERN);
    } else {
      schema.put("type", "number");
    }
    return schema.put("format", "decimal");
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    BigDecimal value = null;
    if (node.isNumber()) {
      value = node.decimalValue();
    } else if (node.isString() && node.stringValue().matches(PATTERN)) {
      value = new BigDecimal(node.stringValue());
    }
    if (value == null) {
      reading.problem(
          path, "must be a number such as 9.50 or \"9.50\", but is " + Reading.found(node));
      return null;
    }
    if (NumberCodec.isOutsize(value)) {
      reading.problem(path, "is a number with too many digits");
      return null;
    }
    return value;
  }

  @Override
  public @Nullable JsonNode write(Object value, Path path, Writing writing) {
    BigDecimal decimal = (BigDecimal) value;
    if (NumberCodec.isOutsize(decimal)) {
      writing.problem(path, "is a number with too many digits");
      return null;
    }
    return Json.NODES.numberNode(decimal);
  }
}
