package dev.segue.server.steps;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps one plugin from taking the threads and connections of all. Thread-safe. */
final class Bulkheads {

  private final int permits;
  private final Map<String, Semaphore> semaphores = new ConcurrentHashMap<>();

  Bulkheads(int permitsPerPlugin) {
    this.permits = permitsPerPlugin;
  }

  /** Waits for a place; give it back by closing. */
  Place enter(String pluginId) throws InterruptedException {
    Semaphore semaphore = of(pluginId);
    semaphore.acquire();
    return semaphore::release;
  }

  /** Waits for a place for so long; empty if none got free. */
  Optional<Place> enterWithin(String pluginId, Duration patience) throws InterruptedException {
    Semaphore semaphore = of(pluginId);
    return semaphore.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(semaphore::release)
        : Optional.empty();
  }

  private Semaphore of(String pluginId) {
    return semaphores.computeIfAbsent(pluginId, id -> new Semaphore(permits));
  }

  /** A place in a bulkhead. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
