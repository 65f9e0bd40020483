package dev.segue.runtime.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole and binary floating-point numbers. FEEL hands a whole number over as {@code 3.0}, too. */
record NumberCodec(boolean whole, Function<BigDecimal, Number> narrow) implements Codec {

  /**
   * More digits than any amount of anything needs; keeps a hostile exponent from filling memory.
   */
  static final int MOST_DIGITS = 1_000;

  static final Map<Class<?>, NumberCodec> BY_TYPE =
      Map.ofEntries(
          Map.entry(byte.class, new NumberCodec(true, BigDecimal::byteValueExact)),
          Map.entry(Byte.class, new NumberCodec(true, BigDecimal::byteValueExact)),
          Map.entry(short.class, new NumberCodec(true, BigDecimal::shortValueExact)),
          Map.entry(Short.class, new NumberCodec(true, BigDecimal::shortValueExact)),
          Map.entry(int.class, new NumberCodec(true, BigDecimal::intValueExact)),
          Map.entry(Integer.class, new NumberCodec(true, BigDecimal::intValueExact)),
          Map.entry(long.class, new NumberCodec(true, BigDecimal::longValueExact)),
          Map.entry(Long.class, new NumberCodec(true, BigDecimal::longValueExact)),
          Map.entry(BigInteger.class, new NumberCodec(true, BigDecimal::toBigIntegerExact)),
          Map.entry(float.class, new NumberCodec(false, BigDecimal::floatValue)),
          Map.entry(Float.class, new NumberCodec(false, BigDecimal::floatValue)),
          Map.entry(double.class, new NumberCodec(false, BigDecimal::doubleValue)),
          Map.entry(Double.class, new NumberCodec(false, BigDecimal::doubleValue)));

  @Override
  public ObjectNode schema() {
    return Json.object().put("type", whole ? "integer" : "number");
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isNumber()) {
      reading.problem(
          path,
          "must be a "
              + (whole ? "whole number" : "number")
              + ", but is "
              + Reading.found(node)
              + (node.isString() ? "; without quotes, or by number(…), it is a number" : ""));
      return null;
    }
    BigDecimal value = node.decimalValue();
    if (isOutsize(value)) {
      reading.problem(path, "is a number with too many digits");
      return null;
    }
    try {
      Number number = narrow.apply(value);
      if (!whole && !Double.isFinite(number.doubleValue())) {
        reading.problem(path, "is " + Reading.found(node) + ", which is too large");
        return null;
      }
      return number;
    } catch (ArithmeticException e) {
      boolean fraction = value.stripTrailingZeros().scale() > 0;
      reading.problem(
          path,
          fraction
              ? "must be a whole number, but is " + Reading.found(node)
              : "is " + Reading.found(node) + ", which is out of range");
      return null;
    }
  }

  @Override
  public @Nullable JsonNode write(Object value, Path path, Writing writing) {
    return switch (value) {
      case BigInteger number -> Json.NODES.numberNode(number);
      case Double number -> finite(number, path, writing);
      case Float number -> finite(Double.parseDouble(number.toString()), path, writing);
      case Number number -> Json.NODES.numberNode(number.longValue());
      default -> throw new IllegalArgumentException("not a number: " + value.getClass());
    };
  }

  private static @Nullable JsonNode finite(double number, Path path, Writing writing) {
    if (Double.isFinite(number)) {
      return Json.NODES.numberNode(number);
    }
    writing.problem(path, "is " + number + ", which JSON cannot hold");
    return null;
  }

  static boolean isOutsize(BigDecimal value) {
    return Math.abs((long) value.scale()) > MOST_DIGITS || value.precision() > MOST_DIGITS;
  }
}
