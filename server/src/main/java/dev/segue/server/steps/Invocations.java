package dev.segue.server.steps;

import dev.segue.runtime.invoke.Invocation;

/** Says how a plugin's code is to be called for a job. */
@FunctionalInterface
interface Invocations {

  /** The time limit, connections and context of one effect of a call. */
  Invocation of(StepCall call, String key);
}
