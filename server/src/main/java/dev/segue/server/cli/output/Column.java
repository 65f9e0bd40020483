package dev.segue.server.cli.output;

import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param title its header
 * @param cell makes the text of a row's cell
 */
public record Column(String title, BiFunction<JsonNode, Texts, String> cell) {

  private static final int LONG_TEXT = 72;

  /** A field as it is. */
  public static Column of(String title, String field) {
    return new Column(title, (row, texts) -> Texts.value(row.path(field)));
  }

  /** A field that may be long; the table shows its start. */
  public static Column cut(String title, String field) {
    return new Column(
        title,
        (row, texts) -> {
          String text = Texts.value(row.path(field));
          return text.length() <= LONG_TEXT ? text : text.substring(0, LONG_TEXT - 1) + "…";
        });
  }

  /** A point in time. */
  public static Column time(String title, String field) {
    return new Column(title, (row, texts) -> texts.time(row.path(field)));
  }

  /** An amount of money. */
  public static Column money(String title, String field) {
    return new Column(title, (row, texts) -> Texts.amount(row.path(field)));
  }

  /** A duration in milliseconds. */
  public static Column duration(String title, String field) {
    return new Column(title, (row, texts) -> Texts.duration(row.path(field)));
  }
}
