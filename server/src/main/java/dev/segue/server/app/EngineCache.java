package dev.segue.server.app;

import dev.segue.bpmn.engine.broker.AotCache;
import dev.segue.bpmn.engine.broker.BrokerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, once and in the background, the file that lets the embedded engine start in less than half
 * the time from the next start on.
 */
final class EngineCache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EngineCache.class);

  /** Leaves the first minute to the people who have just started Segue. */
  private static final Duration DELAY = Duration.ofSeconds(60);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Thread thread;

  private EngineCache(Path distribution, Path file) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("segue-engine-cache")
            .priority(Thread.MIN_PRIORITY)
            .unstarted(() -> make(distribution, file));
  }

  /** Where the file is, for this Java and this distribution of the engine. */
  static Path file(Home home, Path distribution) {
    return AotCache.file(home.resolve("work"), distribution);
  }

  /** Begins, if there is no such file and this Java can make one. */
  static EngineCache start(Home home, Path distribution) {
    Path file = file(home, distribution);
    EngineCache cache = new EngineCache(distribution, file);
    if (AotCache.supported() && !Files.exists(file)) {
      cache.thread.start();
    }
    return cache;
  }

  private static void make(Path distribution, Path file) {
    try {
      Thread.sleep(DELAY);
      AotCache.create(distribution, file);
      LOG.info("the engine starts faster from now on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BrokerException | IOException e) {
      LOG.warn("the engine can't be made to start faster; it works all the same", e);
    }
  }

  /** Gives up what isn't finished. */
  @Override
  public void close() throws InterruptedException {
    // Before the thread asks it to end: what its last process starts then can't be found any more.
    killTraining();
    thread.interrupt();
    long end = System.nanoTime() + STOP_LIMIT.toNanos();
    while (thread.isAlive() && System.nanoTime() < end) {
      killTraining();
      thread.join(LOOK_EVERY);
    }
  }

  /** Asked to end, such a JVM first writes its file, by another process, for half a minute. */
  private static void killTraining() {
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(AotCache.TRAINING))
        .forEach(
            process -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
  }
}
