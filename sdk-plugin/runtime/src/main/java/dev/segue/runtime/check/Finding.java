package dev.segue.runtime.check;

/**
 * Something about a plugin that whoever ships or installs it should know.
 *
 * @param severity how bad it is
 * @param where the file, class or field
 * @param message what it is, and how to mend it where it needs mending
 */
public record Finding(Severity severity, String where, String message) {

  /** How bad something is, the worst first. */
  public enum Severity {
    /** A server refuses the plugin, or the plugin can't do what it says. */
    ERROR,
    /** It works, and will hurt somebody. */
    WARNING,
    /** Good to know. */
    NOTE
  }

  static Finding error(String where, String message) {
    return new Finding(Severity.ERROR, where, message);
  }

  static Finding warning(String where, String message) {
    return new Finding(Severity.WARNING, where, message);
  }

  static Finding note(String where, String message) {
    return new Finding(Severity.NOTE, where, message);
  }
}
