package dev.segue.server.plugins;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the class loaders of unloaded plugins leave memory, and names what can be found
 * to hold those that don't.
 */
final class UnloadWatch {

  private static final Logger LOG = LoggerFactory.getLogger(UnloadWatch.class);

  private final InstantSource clock;
  private final Duration patience;
  private final List<Unloaded> waiting = new CopyOnWriteArrayList<>();

  UnloadWatch(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  void unloaded(String label, ClassLoader loader) {
    waiting.add(new Unloaded(label, new WeakReference<>(loader), clock.instant()));
  }

  /**
   * Looks once. A loader that is still there when its time is up gets one collection asked for,
   * since without one nothing is said by its being there.
   *
   * @return the plugin versions whose loaders are still reachable though their time is up
   */
  List<StuckLoader> check() {
    waiting.removeIf(unloaded -> unloaded.loader.refersTo(null));
    Instant limit = clock.instant().minus(patience);
    List<Unloaded> late = waiting.stream().filter(one -> one.at.isBefore(limit)).toList();
    if (late.stream().anyMatch(one -> !one.reported)) {
      System.gc();
      waiting.removeIf(unloaded -> unloaded.loader.refersTo(null));
    }
    List<StuckLoader> stuck = new ArrayList<>();
    for (Unloaded unloaded : late) {
      ClassLoader loader = unloaded.loader.get();
      if (loader != null) {
        StuckLoader found = new StuckLoader(unloaded.label, holders(loader));
        report(unloaded, found);
        stuck.add(found);
      }
    }
    return stuck;
  }

  private static void report(Unloaded unloaded, StuckLoader found) {
    if (!unloaded.reported) {
      unloaded.reported = true;
      LOG.warn(
          "The plugin {} was unloaded, but its class loader is still in memory: {}",
          found.plugin(),
          found.holder());
    }
  }

  private static String holders(ClassLoader loader) {
    String threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> belongs(thread, loader))
            .map(Thread::getName)
            .sorted()
            .collect(Collectors.joining("', '"));
    return threads.isEmpty()
        ? "no thread holds it, so look for a shutdown hook, a thread-local on a thread of the server"
            + " or a static cache outside the plugin; end it in SeguePlugin.close()"
        : "the threads '" + threads + "' still run; end them in SeguePlugin.close()";
  }

  private static boolean belongs(Thread thread, ClassLoader loader) {
    return thread.getContextClassLoader() == loader || thread.getClass().getClassLoader() == loader;
  }

  /**
   * A class loader that stays in memory.
   *
   * @param plugin id and version
   * @param holder what holds it, as far as can be found
   */
  record StuckLoader(String plugin, String holder) {}

  private static final class Unloaded {

    private final String label;
    private final WeakReference<ClassLoader> loader;
    private final Instant at;
    private boolean reported;

    Unloaded(String label, WeakReference<@Nullable ClassLoader> loader, Instant at) {
      this.label = label;
      this.loader = loader;
      this.at = at;
    }
  }
}
