package dev.segue.server.plugins;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches versions that have just replaced others, and takes back those that fail too often. Used
 * under the host's lock, but for {@link #worked}.
 */
final class Trials {

  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  /** A job more or less decides nothing, so that none is worth a wait. */
  private static final int MOST_WAITING = 10_000;

  private final TrialStore store;
  private final Queue<TrialStore.Job> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();

  /** The step types on trial by {@code id@version}. */
  private volatile Map<String, Set<String>> running = Map.of();

  /** Content that was seen to have had its trial, or to need none. */
  private final Set<String> settled = new HashSet<>();

  Trials(TrialStore store) {
    this.store = store;
  }

  /**
   * Begins the trial of a version that is about to replace another, before its first job.
   *
   * @param newest what is about to serve
   * @param older what it replaces
   */
  void begin(LoadedPlugin newest, PluginVersionRow older) {
    StagedPlugin staged = newest.staged();
    Set<String> both = new HashSet<>(newest.stepTypes());
    both.retainAll(older.stepTypes());
    if (!both.isEmpty()) {
      store.begin(staged, older.version(), both);
    }
    settled.add(staged.sha256());
  }

  boolean isSettled(StagedPlugin staged) {
    return settled.contains(staged.sha256());
  }

  /** Lets a version have another trial, since somebody has decided on it. */
  void forget(PluginVersionRow row) {
    settled.remove(row.sha256());
    store.forget(row.pluginId(), row.version());
  }

  /**
   * Notes a job. From any thread; doesn't block.
   *
   * @return whether a version on trial has had it
   */
  boolean worked(String stepType, String version, long jobKey, boolean failed) {
    Map<String, Set<String>> now = running;
    if (now.isEmpty()) {
      return false;
    }
    int end = stepType.indexOf(':');
    String plugin = end < 0 ? stepType : stepType.substring(0, end);
    if (!now.getOrDefault(plugin + "@" + version, Set.of()).contains(stepType)
        || waitingCount.incrementAndGet() > MOST_WAITING) {
      return false;
    }
    waiting.add(new TrialStore.Job(plugin, version, jobKey, failed));
    return true;
  }

  /** Reads which trials go on; call it after the last {@link #begin}. */
  void refresh() {
    Map<String, Set<String>> now = new HashMap<>();
    store
        .running()
        .forEach(trial -> now.put(trial.pluginId() + "@" + trial.version(), trial.stepTypes()));
    running = Map.copyOf(now);
  }

  /**
   * Judges by what all servers have counted.
   *
   * @param usable the versions that may serve here
   * @return whether a version was taken out of service
   */
  boolean judge(List<StagedPlugin> usable) {
    count();
    boolean changed = false;
    if (running.isEmpty()) {
      return false;
    }
    for (Trial trial : store.running()) {
      if (trial.failsTooOften()) {
        changed |= tooOften(trial, usable);
      } else if (trial.isOver()) {
        LOG.info("{} has proved itself: {}", trial.label(), trial.inWords());
        store.end(trial, "");
      }
    }
    return changed;
  }

  private void count() {
    List<TrialStore.Job> batch = new ArrayList<>();
    for (TrialStore.Job job = waiting.poll(); job != null; job = waiting.poll()) {
      batch.add(job);
    }
    waitingCount.set(0);
    if (!batch.isEmpty()) {
      store.count(batch);
    }
  }

  private boolean tooOften(Trial trial, List<StagedPlugin> usable) {
    boolean elsewhere =
        usable.stream()
            .map(StagedPlugin::manifest)
            .anyMatch(
                other ->
                    other.id().equals(trial.pluginId())
                        && !other.version().toString().equals(trial.version()));
    if (!elsewhere) {
      LOG.warn("{}, but there is no other version to go back to", trial.inWords());
      store.end(
          trial,
          "%s, and there is no other version of it to go back to. Look at its failed steps; install a mended version, or the one before."
              .formatted(trial.inWords()));
      return false;
    }
    String message =
        "%s; so the version before serves again. Look at the failed steps, and install a mended version; `segue plugins enable %s` tries this one again."
            .formatted(trial.inWords(), trial.label());
    if (store.rollBack(trial, message)) {
      LOG.warn("Rolled back: {}", message);
    }
    return true;
  }
}
