package dev.segue.runtime;

/**
 * A rule that a plugin breaks.
 *
 * @param where the class, component or file at fault
 * @param message what is wrong and how to mend it
 */
public record PluginProblem(String where, String message) {

  @Override
  public String toString() {
    return where + ": " + message;
  }
}
