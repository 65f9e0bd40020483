package dev.segue.bpmn.model;

import java.util.OptionalLong;

/** The step types that plugins serve where a diagram is deployed. */
@FunctionalInterface
public interface InstalledSteps {

  /** Whether a plugin serves a step type. */
  boolean serves(String stepType);

  /** The version of a step type's element template; empty if nobody knows. */
  default OptionalLong templateVersion(String stepType) {
    return OptionalLong.empty();
  }
}
