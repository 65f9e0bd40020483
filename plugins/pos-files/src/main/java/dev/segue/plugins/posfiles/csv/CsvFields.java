package dev.segue.plugins.posfiles.csv;

import java.util.ArrayList;
import java.util.List;

/** Splits a decoded record into its fields. */
public final class CsvFields {

  private CsvFields() {}

  /**
   * Splits a record.
   *
   * @param text the record without its line end
   * @param separator what lies between two fields
   * @return the fields without enclosing quotation marks and surrounding blanks; at least one
   */
  public static List<String> split(String text, char separator) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      int open = skipBlanks(text, at);
      if (open < text.length() && text.charAt(open) == '"') {
        StringBuilder value = new StringBuilder();
        at = quoted(text, open + 1, value);
        int next = text.indexOf(separator, at);
        int until = next < 0 ? text.length() : next;
        value.append(text.substring(at, until).stripTrailing());
        fields.add(value.toString().strip());
        at = next;
      } else {
        int next = text.indexOf(separator, at);
        fields.add(text.substring(at, next < 0 ? text.length() : next).strip());
        at = next;
      }
      if (at < 0) {
        return fields;
      }
      at++;
    }
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Collects up to the closing mark; returns the place after it. */
  private static int quoted(String text, int from, StringBuilder value) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        value.append('"');
        at++;
      } else {
        return at;
      }
    }
    return at;
  }
}
