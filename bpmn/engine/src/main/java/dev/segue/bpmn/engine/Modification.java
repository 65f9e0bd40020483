package dev.segue.bpmn.engine;

import java.util.List;
import java.util.OptionalLong;

/**
 * Elements of a process instance to activate and element instances to terminate, as one unit.
 *
 * @param terminations keys of element instances
 */
public record Modification(List<Activation> activations, List<Long> terminations) {

  public Modification {
    activations = List.copyOf(activations);
    terminations = List.copyOf(terminations);
    if (activations.isEmpty() && terminations.isEmpty()) {
      throw new IllegalArgumentException("a modification needs an activation or a termination");
    }
  }

  /**
   * An element to activate.
   *
   * @param ancestorKey the instance of the enclosing scope, where there are several
   * @param variablesJson variables to set in the process instance first, a JSON object
   */
  public record Activation(String elementId, OptionalLong ancestorKey, String variablesJson) {}
}
