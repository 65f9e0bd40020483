package dev.segue.bpmn.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node or flow of a diagram.
 *
 * @param name its label; its id if it has none
 * @param type the BPMN name, such as {@code serviceTask}
 * @param stepType what serves it; null if no plugin does
 * @param inputs names of the variables that its input mappings make
 */
public record DiagramElement(
    String id,
    String name,
    String type,
    String processId,
    @Nullable String stepType,
    List<String> inputs) {

  public DiagramElement {
    inputs = List.copyOf(inputs);
  }

  /** Whether somebody gave it a label. */
  public boolean isNamed() {
    return !name.equals(id);
  }
}
