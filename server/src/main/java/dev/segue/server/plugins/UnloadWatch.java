package dev.segue.server.plugins;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final LoaderHolders holders;
  private final List<Unloaded> waiting = new CopyOnWriteArrayList<>();

  UnloadWatch(InstantSource clock, Duration patience, LoaderHolders holders) {
    this.clock = clock;
    this.patience = patience;
    this.holders = holders;
  }

  void unloaded(String label, ClassLoader loader) {
    waiting.add(new Unloaded(label, new WeakReference<>(loader), clock.instant()));
  }

  /**
   * Looks once. For a loader that is still there when its time is up, collections are asked for,
   * since without one nothing is said by its being there.
   *
   * @return the plugin versions whose loaders are still reachable though their time is up
   */
  List<StuckLoader> check() {
    waiting.removeIf(unloaded -> unloaded.loader.refersTo(null));
    Instant limit = clock.instant().minus(patience);
    List<Unloaded> late = waiting.stream().filter(one -> one.at.isBefore(limit)).toList();
    if (late.stream().anyMatch(one -> !one.reported)) {
      collect();
      waiting.removeIf(unloaded -> unloaded.loader.refersTo(null));
    }
    List<StuckLoader> stuck = new ArrayList<>();
    for (Unloaded unloaded : late) {
      ClassLoader loader = unloaded.loader.get();
      if (loader != null) {
        StuckLoader found = new StuckLoader(unloaded.label, holders.of(loader));
        report(unloaded, found);
        stuck.add(found);
      }
    }
    return stuck;
  }

  /**
   * Twice, for caches of the JDK that hold a plugin softly, such as those of the methods of
   * records: their age is counted up to the collection before.
   */
  private static void collect() {
    System.gc();
    System.gc();
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
