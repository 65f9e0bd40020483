package dev.segue.server.plugins;

import dev.segue.runtime.StepDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Which step types are served now, and by what. Thread-safe; each call sees one consistent state.
 */
public interface StepCatalog {

  /** Finds the descriptor of a step type, as the version that serves it describes it. */
  Optional<StepDescriptor> find(String stepType);

  /** Lists the descriptors of all served step types, ordered by step type. */
  List<StepDescriptor> all();

  /** Finds a step type together with the version that serves it. */
  Optional<StepOffer> offer(String stepType);

  /** Lists all served step types together with the versions that serve them, in no order. */
  List<StepOffer> offers();

  /** Tells which version of its plugin serves a step type; empty if none does. */
  Optional<String> pluginVersion(String stepType);

  /**
   * Lists the variables that a step type's jobs have to bring along.
   *
   * @return the input fields of all loaded versions that serve the type; empty if none does
   */
  List<String> inputFields(String stepType);

  /**
   * Tells which of these step types no installed plugin serves.
   *
   * @param stepTypes any texts, such as a diagram's job types
   * @return those that aren't served, in order; empty if all are
   */
  SortedSet<String> unserved(Collection<String> stepTypes);
}
