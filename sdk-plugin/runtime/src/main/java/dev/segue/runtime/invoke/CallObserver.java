package dev.segue.runtime.invoke;

import dev.segue.runtime.call.StepResult;
import java.util.List;

/** Hears how calls went, for the health of their connections. Thread-safe; must not throw. */
@FunctionalInterface
public interface CallObserver {

  /** Hears nothing. */
  CallObserver NONE = (connections, result) -> {};

  /**
   * A call has ended.
   *
   * @param connections names of the connections that it had
   * @param result what became of it
   */
  void ended(List<String> connections, StepResult<?> result);
}
