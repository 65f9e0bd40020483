package dev.segue.bpmn.exporter;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the text of one JSON object, field by field, as PostgreSQL's {@code jsonb} takes it: it
 * can't hold the character NUL, which becomes U+FFFD. Fields that say nothing (null, an empty text,
 * the engine's -1 for no key) are left out.
 */
final class JsonText {

  private static final char REPLACEMENT = '\uFFFD';
  private static final String HEX = "0123456789abcdef";
  private static final long NO_KEY = -1;

  private final StringBuilder out = new StringBuilder(256);

  JsonText() {
    out.append('{');
  }

  JsonText text(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      name(name);
      string(value);
    }
    return this;
  }

  JsonText key(String name, long value) {
    return value == NO_KEY ? this : number(name, value);
  }

  JsonText number(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  JsonText flag(String name) {
    name(name);
    out.append("true");
    return this;
  }

  JsonText texts(String name, Collection<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    name(name);
    out.append('[');
    String separator = "";
    for (String value : values) {
      out.append(separator);
      string(value);
      separator = ",";
    }
    out.append(']');
    return this;
  }

  JsonText texts(String name, Map<String, String> values) {
    if (values.isEmpty()) {
      return this;
    }
    name(name);
    out.append('{');
    String separator = "";
    for (Map.Entry<String, String> value : values.entrySet()) {
      out.append(separator);
      string(value.getKey());
      out.append(':');
      string(value.getValue());
      separator = ",";
    }
    out.append('}');
    return this;
  }

  /** A field whose value is JSON already. */
  JsonText json(String name, String json) {
    name(name);
    if (json.contains("\\u0000")) {
      appendWithoutNul(json);
    } else {
      out.append(json);
    }
    return this;
  }

  String end() {
    return out.append('}').toString();
  }

  private void name(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    out.append('"').append(name).append("\":");
  }

  private void string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case 0 -> out.append(REPLACEMENT);
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * Steps over each escape as a whole: in {@code \\u0000} the first backslash escapes the second.
   */
  private void appendWithoutNul(String json) {
    int i = 0;
    while (i < json.length()) {
      char c = json.charAt(i);
      if (c != '\\') {
        out.append(c);
        i++;
      } else if (json.startsWith("\\u0000", i)) {
        out.append(REPLACEMENT);
        i += 6;
      } else {
        out.append(json, i, Math.min(i + 2, json.length()));
        i += 2;
      }
    }
  }
}
