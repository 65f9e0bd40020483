package dev.segue.plugins.alertanalysis.cause;

import java.util.Map;

/**
 * The amounts of the smallest segment that is told apart, in a span of time.
 *
 * @param labels what tells it apart, such as {@code campaign} and {@code variant}
 */
public record Cell(Map<String, String> labels, Amounts amounts) {

  /** Copies the labels. */
  public Cell {
    labels = Map.copyOf(labels);
  }

  /** The value of a label; empty if it hasn't got that one. */
  String label(String name) {
    return labels.getOrDefault(name, "");
  }
}
