package dev.segue.server.plugins;

import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.SharedClassLoader;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.server.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin versions in memory: loads them, lets replaced ones drain, unloads them. Used under the
 * host's lock, but for the unloading, which follows the last lease.
 */
final class LoadedVersions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedVersions.class);

  /** A little more than the plugin's own limit, which an unheeded interrupt may pass. */
  private static final Duration LOAD_LIMIT = PluginDescription.DESCRIBE_LIMIT.plusSeconds(3);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

  private final PluginSchema schema;
  private final PluginCalls calls;
  private final SelfTest selfTest;
  private final UnloadWatch watch;
  private final Consumer<LoadedPlugin> overdue;
  private final Duration drainDeadline;

  /** PF4J wants one thread at a time. */
  private final ExecutorService unloading =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("segue-unload").factory());

  private final SharedClassLoader shared =
      new SharedClassLoader(LoadedVersions.class.getClassLoader());

  /** By the content of the zip, wherever it was unpacked. */
  private final Map<String, LoadedPlugin> loaded = new LinkedHashMap<>();

  LoadedVersions(
      PluginSchema schema,
      PluginCalls calls,
      UnloadWatch watch,
      Duration drainDeadline,
      Consumer<LoadedPlugin> overdue) {
    this.schema = schema;
    this.calls = calls;
    this.selfTest = new SelfTest(calls);
    this.watch = watch;
    this.drainDeadline = drainDeadline;
    this.overdue = overdue;
  }

  Collection<LoadedPlugin> all() {
    return List.copyOf(loaded.values());
  }

  @Nullable LoadedPlugin get(StagedPlugin staged) {
    return loaded.get(staged.sha256());
  }

  /**
   * Loads a version that passes its self-test, unless it is loaded.
   *
   * @throws PluginRefusedException if it can't be; nothing stays loaded then
   */
  LoadedPlugin load(StagedPlugin staged) throws PluginRefusedException {
    LoadedPlugin known = loaded.get(staged.sha256());
    if (known != null) {
      return known;
    }
    long start = System.nanoTime();
    SinglePluginManager manager = new SinglePluginManager(staged, calls, shared);
    PluginDescription description = describe(staged, manager);
    try {
      // What can't work anyhow shall not alter tables.
      selfTest.pass(staged.manifest(), description);
      prepareSchema(staged);
    } catch (PluginRefusedException e) {
      manager.unload();
      watch.unloaded(staged.manifest().label(), description.classLoader());
      throw e;
    }
    LoadedPlugin plugin = new LoadedPlugin(staged, manager, description, this::unloadLater);
    loaded.put(staged.sha256(), plugin);
    LOG.info(
        "Loaded the plugin {} in {} ms: {}",
        staged.manifest().label(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        description.descriptor().steps().stream().map(step -> step.type().toString()).toList());
    return plugin;
  }

  /**
   * Has a plugin describe itself without keeping it: no table is made, and nothing is served.
   *
   * @throws PluginRefusedException if it can't be started
   */
  PluginPreview.Build inspect(StagedPlugin staged) throws PluginRefusedException {
    SinglePluginManager manager = new SinglePluginManager(staged, calls, shared);
    PluginDescription description = describe(staged, manager);
    try {
      return build(staged, description);
    } finally {
      manager.unload();
      watch.unloaded(staged.manifest().label() + " (preview)", description.classLoader());
    }
  }

  /** How a loaded version describes itself. */
  PluginPreview.Build build(LoadedPlugin plugin) {
    return build(plugin.staged(), plugin.description());
  }

  private PluginPreview.Build build(StagedPlugin staged, PluginDescription description) {
    return PluginPreview.Build.of(
        staged, description.descriptor(), AskedHosts.of(description, calls));
  }

  /** Only what the plugin is at fault for refuses it; that the database is away passes. */
  private void prepareSchema(StagedPlugin staged) throws PluginRefusedException {
    try {
      schema.prepare(staged.manifest().id(), staged.folder().resolve(PluginLayout.MIGRATIONS));
    } catch (StorageException e) {
      throw new PluginRefusedException(
          "The plugin %s can't be started, because its tables can't be made: %s"
              .formatted(staged.manifest().label(), e.getMessage()),
          e);
    }
  }

  /** On a thread of its own, since a plugin's constructor may neither end nor heed an interrupt. */
  private PluginDescription describe(StagedPlugin staged, SinglePluginManager manager)
      throws PluginRefusedException {
    CompletableFuture<PluginDescription> described = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("segue-load-" + staged.manifest().id())
            .start(() -> start(manager, described));
    try {
      return described.get(LOAD_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PluginRefusedException refusal
          ? refusal
          : new PluginRefusedException(
              "The plugin " + staged.manifest().label() + " can't be started.", e.getCause());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new PluginRefusedException(
          "The plugin %s can't be started: its constructor or describe() took more than %d s. Move what takes long into the steps."
              .formatted(staged.manifest().label(), PluginDescription.DESCRIBE_LIMIT.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginRefusedException(
          "The server stopped while it started the plugin " + staged.manifest().label() + ".", e);
    }
  }

  private void start(SinglePluginManager manager, CompletableFuture<PluginDescription> described) {
    try {
      described.complete(manager.startPlugin());
    } catch (PluginRefusedException | RuntimeException | LinkageError e) {
      described.completeExceptionally(e);
    }
  }

  /** Lets a version go once its leases are back. The caller has taken it off the registry. */
  void retire(LoadedPlugin plugin) {
    loaded.remove(plugin.staged().sha256());
    LOG.info("The plugin {} gets no new jobs", plugin.manifest().label());
    plugin.release();
    if (plugin.holds() > 0) {
      CompletableFuture.delayedExecutor(drainDeadline.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> interruptIfBusy(plugin));
    }
  }

  private void interruptIfBusy(LoadedPlugin plugin) {
    if (plugin.holds() > 0) {
      LOG.warn(
          "The plugin {} still runs {} steps {} s after it was replaced; they are interrupted",
          plugin.manifest().label(),
          plugin.holds(),
          drainDeadline.toSeconds());
      overdue.accept(plugin);
    }
  }

  private void unloadLater(LoadedPlugin plugin) {
    unloading.execute(() -> unload(plugin));
  }

  private void unload(LoadedPlugin plugin) {
    String label = plugin.manifest().label();
    ClassLoader loader = plugin.description().classLoader();
    try {
      plugin.unload();
      LOG.info("Unloaded the plugin {}", label);
    } catch (RuntimeException e) {
      LOG.warn("The plugin {} didn't unload well", label, e);
    }
    watch.unloaded(label, loader);
  }

  /** Unloads all versions that aren't leased, and waits a while for those that are. */
  @Override
  public void close() {
    List<LoadedPlugin> all = new ArrayList<>(loaded.values());
    loaded.clear();
    all.forEach(LoadedPlugin::release);
    unloading.shutdown();
    try {
      if (!unloading.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Some plugins didn't end in {} s", CLOSE_LIMIT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
