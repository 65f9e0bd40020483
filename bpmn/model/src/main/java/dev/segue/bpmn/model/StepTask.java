package dev.segue.bpmn.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task that a plugin serves.
 *
 * @param name its label; its id if it has none
 * @param stepType the job type: a step type, or an expression if it begins with an equals sign
 * @param headers task headers by key
 * @param template what it was drawn with; null for none that names its version
 */
public record StepTask(
    String elementId,
    String name,
    String processId,
    String stepType,
    Map<String, String> headers,
    List<VariableMapping> inputs,
    List<VariableMapping> outputs,
    @Nullable TemplateUse template) {

  public StepTask {
    headers = Map.copyOf(headers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Whether it applies planned changes. */
  public boolean appliesChanges() {
    return action().endsWith(".apply");
  }

  /** Whether it plans changes. */
  public boolean plansChanges() {
    return action().endsWith(".plan");
  }

  private String action() {
    String[] parts = stepType.split(":", -1);
    return parts.length == 3 ? parts[1] : "";
  }
}
