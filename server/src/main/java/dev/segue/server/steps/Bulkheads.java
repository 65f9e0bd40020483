package dev.segue.server.steps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Keeps one plugin from taking the threads and connections of all. Thread-safe. */
final class Bulkheads {

  private final int permits;
  private final Map<String, Semaphore> semaphores = new ConcurrentHashMap<>();

  Bulkheads(int permitsPerPlugin) {
    this.permits = permitsPerPlugin;
  }

  /** Waits for a place; give it back by closing. */
  Place enter(String pluginId) throws InterruptedException {
    Semaphore semaphore = semaphores.computeIfAbsent(pluginId, id -> new Semaphore(permits));
    semaphore.acquire();
    return semaphore::release;
  }

  /** A place in a bulkhead. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
