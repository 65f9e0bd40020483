package dev.segue.server.steps;

import dev.segue.runtime.call.Interruption;
import dev.segue.sdk.Load;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts each step on a fitting thread: one that waits stays on the virtual thread that brought the
 * job; one that computes goes to a bounded pool, because virtual threads aren't time-sliced.
 */
final class StepThreads implements AutoCloseable {

  private final ExecutorService cpu;

  StepThreads(int cpuThreads) {
    cpu =
        Executors.newFixedThreadPool(
            cpuThreads, Thread.ofPlatform().daemon().name("segue-step-cpu-", 1).factory());
  }

  /** What runs a step and says how it went. */
  @FunctionalInterface
  interface Body<T> {
    T run() throws InterruptedException;
  }

  JobOutcome run(JobRunner runner, StepCall call) throws InterruptedException {
    return call(
        call.step().policy().load(),
        () -> runner.run(call),
        () -> call.active().cancel(Interruption.SHUTDOWN));
  }

  /**
   * Runs a step.
   *
   * @param stop interrupts it when the caller's thread is interrupted
   */
  <T> T call(Load load, Body<T> body, Runnable stop) throws InterruptedException {
    if (load == Load.IO) {
      return body.run();
    }
    Future<T> future = cpu.submit(body::run);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          // The step must have ended, and been recorded, before its job is let go.
          interrupted = true;
          stop.run();
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException stopped) {
        throw stopped;
      }
      throw new IllegalStateException("a step's runner failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    cpu.shutdownNow();
  }
}
