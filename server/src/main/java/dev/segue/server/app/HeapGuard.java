package dev.segue.server.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the server when its memory is full and stays full, so that whoever watches it starts it
 * anew. One step that asks for too much gets an error and leaves memory again; the JVM's own flag
 * for this would end the server for it.
 */
final class HeapGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeapGuard.class);
  private static final long PAUSE_SECONDS = 5;
  private static final double FULL = 0.95;
  private static final int MOST_FULL_LOOKS = 3;

  /** What the shell shows; 1 and 2 have meanings already. */
  private static final int OUT_OF_MEMORY = 3;

  private final MemoryPoolMXBean old;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("segue-heap-guard").factory());
  private long collections;
  private int fullLooks;

  HeapGuard() {
    old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(pool -> pool.getCollectionUsage() != null)
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
            .orElseThrow();
    thread.scheduleWithFixedDelay(this::look, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Only a look after another collection counts: what one has left says nothing for ever. */
  private void look() {
    long now =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionCount)
            .sum();
    MemoryUsage left = old.getCollectionUsage();
    boolean full = now > collections && isFull(left) && isFull(old.getUsage());
    collections = now;
    fullLooks = full ? fullLooks + 1 : 0;
    if (fullLooks >= MOST_FULL_LOOKS) {
      LOG.error(
          "The memory is full and stays full ({} MB); the server ends, to be started anew."
              + " Set SEGUE_HEAP higher, or look which plugin fills it.",
          left.getUsed() >> 20);
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
  }

  private static boolean isFull(MemoryUsage usage) {
    return usage.getMax() > 0 && usage.getUsed() > FULL * usage.getMax();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
