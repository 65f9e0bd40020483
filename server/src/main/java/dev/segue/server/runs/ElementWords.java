package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a timeline calls the elements of a diagram. */
final class ElementWords {

  /** The engine's word for what holds the instances of a multi-instance element. */
  private static final String BODY = "MULTI_INSTANCE_BODY";

  private ElementWords() {}

  /**
   * The label of an element. Few people label gateways and events, and their ids say nothing: those
   * go by their type in words.
   *
   * @param element null if the diagram isn't known
   */
  static String name(@Nullable DiagramElement element, String elementId) {
    if (element == null) {
      return elementId;
    }
    boolean idSaysNothing = element.type().endsWith("Gateway") || element.type().endsWith("Event");
    return element.isNamed() || !idSaysNothing ? element.name() : inWords(element.type());
  }

  /**
   * The BPMN name of an element's type.
   *
   * @param engineType what the engine calls it
   */
  static String type(@Nullable DiagramElement element, String engineType) {
    return element == null || engineType.equals(BODY) ? bpmnName(engineType) : element.type();
  }

  /** {@code exclusiveGateway} as {@code Exclusive gateway}. */
  private static String inWords(String type) {
    String words = type.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** {@code SERVICE_TASK} as BPMN writes it: {@code serviceTask}. */
  private static String bpmnName(String engineName) {
    String[] words = engineName.toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }
}
