package dev.segue.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names what a step does, to the engine and to people: {@code plugin:action:major}.
 *
 * @param plugin the plugin's id, {@code [a-z0-9-]{2,40}}
 * @param action the step's name, {@code [a-z0-9-]{2,40}}; for the parts of a change step followed
 *     by {@code .plan}, {@code .apply} or {@code .undo}
 * @param major at least 1
 */
public record StepType(String plugin, String action, int major) implements Comparable<StepType> {

  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9-]{2,40}):([a-z0-9-]{2,40}(?:\\.plan|\\.apply|\\.undo)?):([1-9][0-9]{0,3})");

  /** Checks the parts. */
  public StepType {
    if (!FORM.matcher(plugin + ":" + action + ":" + major).matches()) {
      throw new IllegalArgumentException(refusal(plugin + ":" + action + ":" + major));
    }
  }

  /**
   * Reads a step type.
   *
   * @param text such as {@code pos-square:sync-orders:1}
   * @return the step type
   * @throws IllegalArgumentException if the text is none
   */
  public static StepType parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(refusal(text));
    }
    return new StepType(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
  }

  private static String refusal(String text) {
    return "'"
        + text
        + "' is no step type; write plugin:action:major, such as bakery:count-loaves:1";
  }

  @Override
  public int compareTo(StepType other) {
    int order = plugin.compareTo(other.plugin);
    if (order == 0) {
      order = action.compareTo(other.action);
    }
    return order == 0 ? Integer.compare(major, other.major) : order;
  }

  @Override
  public String toString() {
    return plugin + ":" + action + ":" + major;
  }
}
