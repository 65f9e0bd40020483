package dev.segue.runtime.schema;

/**
 * One thing that is wrong with one field.
 *
 * @param path where, such as {@code items[2].price}; empty for the value as a whole
 * @param message what is wrong and what would be right; reads on after the path, such as {@code is
 *     missing}
 */
public record FieldProblem(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? "the value " + message : "'" + path + "' " + message;
  }
}
