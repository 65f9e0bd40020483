package dev.segue.bpmn.model;

import org.jspecify.annotations.Nullable;

/**
 * Something about a diagram that its author should know.
 *
 * @param rule which rule found it, such as {@code unknown-step}
 * @param elementId where; null for the whole diagram
 * @param elementName what the diagram calls it; null for the whole diagram
 * @param message what is wrong, naming the element
 * @param mend what to do about it
 */
public record Finding(
    Severity severity,
    String rule,
    @Nullable String elementId,
    @Nullable String elementName,
    String message,
    String mend) {

  /** How much it matters. */
  public enum Severity {
    /** It can't be deployed. */
    ERROR,
    /** It can be deployed, but will probably not do what its author wants. */
    WARNING,
    /** Good to know. */
    INFO
  }

  /** Message and mend as one text. */
  public String text() {
    return message + " " + mend;
  }
}
