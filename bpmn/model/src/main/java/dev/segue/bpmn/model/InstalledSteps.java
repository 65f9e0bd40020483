package dev.segue.bpmn.model;

import dev.segue.runtime.version.VersionRange;
import java.util.OptionalLong;

/** The step types that plugins serve where a diagram is deployed. */
@FunctionalInterface
public interface InstalledSteps {

  /** Whether a plugin serves a step type. */
  boolean serves(String stepType);

  /**
   * Whether an installed plugin version in a range serves a step type, or could if it is asked for.
   */
  default boolean serves(String stepType, VersionRange versions) {
    return serves(stepType);
  }

  /** The version of a step type's element template; empty if nobody knows. */
  default OptionalLong templateVersion(String stepType) {
    return OptionalLong.empty();
  }
}
