package dev.segue.runtime.changes;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Writes JSON so that equal values give equal text; the rules are with {@link ContentHash}. */
final class CanonicalJson {

  private static final int PLAIN_SCALE = 100;

  private final StringBuilder out = new StringBuilder();

  private CanonicalJson() {}

  static String write(JsonNode node) {
    CanonicalJson writer = new CanonicalJson();
    writer.value(node);
    return writer.out.toString();
  }

  private void value(JsonNode node) {
    if (node.isObject()) {
      object(node);
    } else if (node.isArray()) {
      array(node);
    } else if (node.isString()) {
      text(node.stringValue());
    } else if (node.isNumber()) {
      out.append(number(node.decimalValue()));
    } else {
      out.append(node);
    }
  }

  private void object(JsonNode node) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    char separator = '{';
    for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
      out.append(separator);
      text(entry.getKey());
      out.append(':');
      value(entry.getValue());
      separator = ',';
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private void array(JsonNode node) {
    char separator = '[';
    for (JsonNode element : node) {
      out.append(separator);
      value(element);
      separator = ',';
    }
    out.append(node.isEmpty() ? "[]" : "]");
  }

  /** By value: 9.50, 9.5 and 95E-1 are the same; far exponents are not written out. */
  static String number(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.signum() == 0) {
      return "0";
    }
    return Math.abs((long) stripped.scale()) <= PLAIN_SCALE
        ? stripped.toPlainString()
        : stripped.unscaledValue() + "E" + -(long) stripped.scale();
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ' || isLoneSurrogate(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** UTF-8 has no bytes for half a pair, and would make a question mark of each. */
  private static boolean isLoneSurrogate(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
