package dev.segue.bpmn.model;

import org.jspecify.annotations.Nullable;

/**
 * A node or flow of a diagram.
 *
 * @param name its label; its id if it has none
 * @param type the BPMN name, such as {@code serviceTask}
 * @param stepType what serves it; null if no plugin does
 */
public record DiagramElement(
    String id, String name, String type, String processId, @Nullable String stepType) {}
