package dev.segue.server.cli.authoring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when this process is told to end, and lets it clear up. */
final class EndOnSignal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "segue-end");

  EndOnSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    worker.interrupt();
    try {
      if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when all is cleared up. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already; the hook waits no longer.
    }
  }
}
