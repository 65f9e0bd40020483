package dev.segue.plugins.menumodels;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Computes on threads of its own, so that a step can end at once when it is interrupted: native
 * code can't be. What was left behind ends by itself within seconds, and its result is dropped.
 * What the libraries leave in thread locals goes with the thread, instead of holding the plugin in
 * memory.
 */
final class ComputeThreads implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("menu-models-", 0).factory());

  /**
   * Computes and waits.
   *
   * @return the result
   * @throws InterruptedException if the calling thread was interrupted; returns at once
   * @throws Exception as the task throws
   */
  <T> T compute(Callable<T> task) throws Exception {
    Future<T> future = executor.submit(task);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a training still runs after " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
