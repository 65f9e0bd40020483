package dev.segue.server.steps;

import dev.segue.sdk.Load;
import java.util.concurrent.Semaphore;

/**
 * Lets only so many steps compute at a time, over all plugins. Each call of a plugin has a thread
 * of its own, and those that compute would take the processors from all others. Thread-safe.
 */
final class StepThreads {

  private final Semaphore computing;

  StepThreads(int cpuThreads) {
    computing = new Semaphore(cpuThreads, true);
  }

  /** What runs a step and says how it went. */
  @FunctionalInterface
  interface Body<T> {
    T run() throws InterruptedException;
  }

  JobOutcome run(JobRunner runner, StepCall call) throws InterruptedException {
    return call(call.step().policy().load(), () -> runner.run(call));
  }

  /** Runs a step when there is room for it. */
  <T> T call(Load load, Body<T> body) throws InterruptedException {
    if (load == Load.IO) {
      return body.run();
    }
    computing.acquire();
    try {
      return body.run();
    } finally {
      computing.release();
    }
  }
}
