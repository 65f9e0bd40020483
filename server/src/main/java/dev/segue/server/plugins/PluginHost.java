package dev.segue.server.plugins;

import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.version.SdkVersion;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.connections.ConnectionTypes;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the right plugin versions loaded: what lies in the folders, less what is disabled, replaced
 * or refused. Every change, whoever makes it, ends in the same {@link #reconcile()}. Thread-safe.
 */
public final class PluginHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);
  private static final Duration JUDGE_PAUSE = Duration.ofMillis(250);
  private static final String STUCK_ALARM = "plugin-stays-in-memory";
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

  private final PluginsSettings settings;
  private final PluginStaging staging;
  private final PresentZips zips;
  private final InstalledVersions installed;
  private final LoadedVersions versions;
  private final PluginSelection selection;
  private final DeployedSteps deployed;
  private final PluginCalls calls;
  private final PluginAlarms alarms;
  private final ServedAlarms servedAlarms;
  private final Trials trials;
  private final AtomicBoolean judging = new AtomicBoolean();
  private final VersionAdministration administration;
  private final UnloadWatch watch;
  private final StepRegistry registry = new StepRegistry();
  private final ReentrantLock lock = new ReentrantLock();
  private final VersionPins pins;
  private final List<PluginListener> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService scanner =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("segue-plugins").factory());
  private List<StagedPlugin> usable = List.of();
  private Set<String> told = Set.of();
  private volatile List<UnloadWatch.StuckLoader> stuck = List.of();
  private volatile StepHealth health = StepHealth.UNKNOWN;

  /**
   * Makes a host that has loaded nothing yet.
   *
   * @param shared what all servers share
   * @param schema prepares a plugin's tables
   * @param deployed which step types are in use
   * @param calls enters the plugins' code
   * @throws IOException if the work folder can't be emptied
   */
  PluginHost(
      PluginsSettings settings,
      Shared shared,
      PluginSchema schema,
      DeployedSteps deployed,
      PluginCalls calls,
      InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.deployed = deployed;
    this.pins = new VersionPins(deployed, clock);
    this.trials = new Trials(shared.trials());
    this.calls = calls;
    this.alarms = shared.alarms();
    this.servedAlarms = new ServedAlarms(alarms);
    this.watch = new UnloadWatch(clock, settings.unloadPatience(), new LoaderHolders(calls));
    this.staging =
        new PluginStaging(settings.workFolder(), settings.limits(), SdkVersion.current());
    Files.createDirectories(settings.homeFolder());
    this.installed =
        new InstalledVersions(
            shared.versions(),
            shared.alarms(),
            new FolderTrust(shared.signatures(), settings.unsignedInFolder()),
            clock);
    zips =
        new PresentZips(
            new PluginFolders(settings, staging),
            new ZipCache(settings.cacheFolder(), shared.zips(), clock),
            installed);
    this.versions =
        new LoadedVersions(schema, calls, watch, settings.drainDeadline(), this::drainOverdue);
    this.selection = new PluginSelection(versions, installed);
    this.administration =
        new VersionAdministration(staging, zips, installed, versions, trials, this::reconcile);
  }

  /**
   * Makes a host that keeps its list of versions in the database.
   *
   * @throws IOException if the work folder can't be emptied
   */
  public static PluginHost of(
      PluginsSettings settings,
      Database database,
      PluginSchema schema,
      DeployedSteps deployed,
      PluginCalls calls)
      throws IOException {
    return new PluginHost(
        settings,
        new Shared(
            new PgPluginVersions(database),
            new PgPluginZips(database),
            new PluginKeys(database),
            new PgTrials(database, new Audit(database)),
            new PgPluginAlarms(database)),
        schema,
        deployed,
        calls,
        InstantSource.system());
  }

  /**
   * What all servers share.
   *
   * @param alarms where bad plugins and missing step types are told
   */
  record Shared(
      PluginVersionStore versions,
      PluginZips zips,
      SignatureCheck signatures,
      TrialStore trials,
      PluginAlarms alarms) {}

  /** Loads what is there, and watches the folders from now on. */
  public void start() {
    reconcile();
    scanner.scheduleWithFixedDelay(
        this::look,
        settings.scanInterval().toMillis(),
        settings.scanInterval().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      reconcile();
      tellOfStuck(watch.check());
    } catch (RuntimeException e) {
      LOG.warn("Could not look after the plugins; trying again soon: {}", e.getMessage());
      LOG.debug("the fault in full", e);
    }
  }

  private void tellOfStuck(List<UnloadWatch.StuckLoader> now) {
    for (UnloadWatch.StuckLoader one : now) {
      if (stuck.stream().noneMatch(known -> known.plugin().equals(one.plugin()))) {
        alarms.raise(
            STUCK_ALARM,
            one.plugin(),
            "The plugin %s was unloaded, but stays in this server's memory: %s."
                .formatted(one.plugin(), one.holder()));
      }
    }
    stuck.stream()
        .filter(known -> now.stream().noneMatch(one -> one.plugin().equals(known.plugin())))
        .forEach(gone -> alarms.clear(STUCK_ALARM, gone.plugin()));
    stuck = now;
  }

  /**
   * Brings what is loaded in line with folders, decisions and use. Called by itself every few
   * seconds; call it after a deployment, for the alarms on missing step types.
   */
  public void reconcile() {
    lock.lock();
    try {
      List<FoundPlugin> found = zips.look();
      usable = installed.sync(found);
      if (trials.judge(usable)) {
        usable = installed.sync(found);
      }
      Map<String, Set<String>> inUse = deployed.workflowsByStepType();
      List<LoadedPlugin> chosen = selection.load(usable, inUse.keySet(), pins.refresh());
      beginTrials(chosen);
      registry.serve(chosen);
      versions.all().stream().filter(plugin -> !chosen.contains(plugin)).forEach(versions::retire);
      tell(chosen);
      servedAlarms.check(registry.unserved(inUse.keySet()), inUse);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the plugin folders", e);
    } finally {
      lock.unlock();
    }
  }

  /** What replaces another version is watched from its first job on. */
  private void beginTrials(List<LoadedPlugin> chosen) {
    Set<String> seen = new HashSet<>();
    for (LoadedPlugin plugin : chosen) {
      if (seen.add(plugin.manifest().id()) && !trials.isSettled(plugin.staged())) {
        installed.before(plugin.manifest(), usable).ifPresent(older -> trials.begin(plugin, older));
      }
    }
    trials.refresh();
  }

  /**
   * Notes the end of an attempt at a job, by which versions that were just installed are judged.
   * From any thread; doesn't block.
   *
   * @param version the plugin's version
   * @param failed whether the plugin was at fault, or too slow
   */
  public void worked(String stepType, String version, long jobKey, boolean failed) {
    if (trials.worked(stepType, version, jobKey, failed) && judging.compareAndSet(false, true)) {
      try {
        scanner.schedule(this::judge, JUDGE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("The server stops; {} {} is judged later", stepType, version);
      }
    }
  }

  private void judge() {
    judging.set(false);
    lock.lock();
    try {
      if (trials.judge(usable)) {
        reconcile();
      }
    } catch (RuntimeException e) {
      LOG.warn("Could not judge new plugin versions; trying again soon: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private void tell(List<LoadedPlugin> chosen) {
    Set<String> serving = new HashSet<>();
    chosen.forEach(plugin -> serving.add(plugin.staged().sha256()));
    if (!serving.equals(told)) {
      told = serving;
      listeners.forEach(listener -> listener.served(registry.stepTypes()));
    }
  }

  /** Adds a listener, which hears at once what is served now. */
  public void listen(PluginListener listener) {
    lock.lock();
    try {
      listeners.add(listener);
      listener.served(registry.stepTypes());
    } finally {
      lock.unlock();
    }
  }

  private void drainOverdue(LoadedPlugin plugin) {
    listeners.forEach(
        listener ->
            listener.drainOverdue(plugin.manifest().id(), plugin.manifest().version().toString()));
  }

  /** What enters the plugins' code. */
  public PluginCalls calls() {
    return calls;
  }

  /** Says who tells how the steps do. */
  public void health(StepHealth teller) {
    health = teller;
  }

  /** How the steps of this server do. */
  StepHealth health() {
    return health;
  }

  /** What holds an unloaded version in memory, as far as can be found; empty if nothing does. */
  Optional<String> heldBy(PluginVersionRow row) {
    return stuck.stream()
        .filter(one -> one.plugin().equals(row.pluginId() + " " + row.version()))
        .map(UnloadWatch.StuckLoader::holder)
        .findFirst();
  }

  /** Where those who run the steps say what needs somebody's attention. */
  public PluginAlarms alarms() {
    return alarms;
  }

  /** What is served now. */
  public StepCatalog steps() {
    return registry;
  }

  /** The connection types of the loaded plugins. */
  public ConnectionTypes connectionTypes() {
    return registry;
  }

  /**
   * Leases the version that serves a step type.
   *
   * @param stepType the job type
   * @param versions what the job's task or workflow asks for; null for the one that serves
   * @return the lease, or empty if nothing serves the type, or not in such a version
   */
  public Optional<PluginLease> lease(String stepType, @Nullable VersionRange versions) {
    if (versions != null) {
      want(new PluginPin(PluginPin.pluginOf(stepType), versions));
    }
    return registry.lease(stepType, versions);
  }

  /** The first job that asks for versions has the newest of them loaded. */
  private void want(PluginPin pin) {
    if (pins.isWanted(pin)) {
      return;
    }
    lock.lock();
    try {
      if (pins.ask(pin)) {
        reconcile();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Which versions of a step type's plugin all steps of a workflow use; empty if it says none. */
  public Optional<VersionRange> pinned(String workflow, String stepType) {
    return pins.of(workflow, PluginPin.pluginOf(stepType));
  }

  /** What diagrams are checked against. */
  public InstalledSteps installedSteps() {
    return new StepTemplates(registry, installed::couldServe);
  }

  /** Which workflows would find no version any more that they ask for, if this one went away. */
  Set<String> pinnedBy(PluginVersionRow going) {
    return pins.needing(going, installed.list());
  }

  /**
   * Calls a plugin's code outside of a step, such as for the test of a connection, with its newest
   * version leased.
   *
   * @param pluginId the plugin
   * @param call gets the plugin; its result must hold nothing of the plugin
   * @return what the call returned, or empty if the plugin isn't loaded
   */
  public <T> Optional<T> with(String pluginId, Function<PluginDescription, T> call) {
    Optional<LoadedPlugin> leased = registry.leasePlugin(pluginId);
    if (leased.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(call.apply(leased.get().description()));
    } finally {
      leased.get().release();
    }
  }

  /**
   * Tells what an installation would bring. The plugin is made and describes itself, and goes.
   *
   * @throws PluginRefusedException if the zip breaks a rule
   * @throws IOException if the disk fails
   */
  PluginPreview preview(Path zip, StepUse use) throws PluginRefusedException, IOException {
    StagedPlugin staged = staging.stage(zip);
    try {
      PluginManifest manifest = staged.manifest();
      PluginPreview.Build fresh = versions.inspect(staged);
      return PluginPreview.of(manifest, staged.sha256(), fresh, serving(manifest.id()), use);
    } finally {
      staging.discard(staged);
    }
  }

  private PluginPreview.@Nullable Build serving(String pluginId) {
    LoadedPlugin plugin = registry.leasePlugin(pluginId).orElse(null);
    if (plugin == null) {
      return null;
    }
    try {
      return versions.build(plugin);
    } finally {
      plugin.release();
    }
  }

  /**
   * Installs a plugin version, or brings it back.
   *
   * @param zip anywhere; stored for all servers
   * @param trust why it may run here
   * @param by who does it
   * @return the version as it is now
   * @throws PluginRefusedException if the zip breaks a rule, or another build of this version is
   *     installed; nothing has changed then
   * @throws IOException if the disk fails
   */
  public InstalledPlugin install(Path zip, PluginTrust trust, String by)
      throws PluginRefusedException, IOException {
    lock.lock();
    try {
      return administration.install(zip, trust, by);
    } finally {
      lock.unlock();
    }
  }

  /** Installs a plugin version that isn't signed, on the word of the one who does it. */
  public InstalledPlugin install(Path zip, String by) throws PluginRefusedException, IOException {
    return install(zip, new PluginTrust.AllowedBy(by), by);
  }

  /** Lets a version serve again. */
  public InstalledPlugin enable(String pluginId, String version) {
    return change(pluginId, version, PluginState.ENABLED);
  }

  /** Takes a version out of service; it stays installed. Running steps may end. */
  public InstalledPlugin disable(String pluginId, String version) {
    return change(pluginId, version, PluginState.DISABLED);
  }

  /** Takes a version out of service and deletes its zip from the home folder. */
  public InstalledPlugin remove(String pluginId, String version) {
    return change(pluginId, version, PluginState.REMOVED);
  }

  /**
   * Takes a version out of service because of what it does to the server. Its steps may end.
   *
   * @param reason what it does, as a sentence without its full stop
   * @param by the person who does it
   * @return the version, or empty if it is gone
   */
  Optional<InstalledPlugin> quarantine(String pluginId, String version, String reason, String by) {
    return quarantine(pluginId, version, reason, by, true)
        ? list().stream().filter(one -> one.version().is(pluginId, version)).findFirst()
        : Optional.empty();
  }

  /**
   * Takes a version out of service by the server's own decision, unless it is so already.
   *
   * @param reason what it does, as a sentence without its full stop
   */
  public void quarantineIfEnabled(String pluginId, String version, String reason) {
    if (quarantine(pluginId, version, reason, AuditEntry.SERVER, false)) {
      LOG.error("The plugin {} {} is quarantined: {}", pluginId, version, reason);
    }
  }

  private boolean quarantine(
      String pluginId, String version, String reason, String by, boolean byHand) {
    lock.lock();
    try {
      boolean done = installed.quarantine(pluginId, version, reason, by, byHand);
      if (done) {
        reconcile();
      }
      return done;
    } finally {
      lock.unlock();
    }
  }

  private InstalledPlugin change(String pluginId, String version, PluginState state) {
    lock.lock();
    try {
      return administration.change(pluginId, version, state);
    } finally {
      lock.unlock();
    }
  }

  /** Lists all versions that any server knows of, removed and refused ones included. */
  public List<InstalledPlugin> list() {
    lock.lock();
    try {
      return administration.list();
    } finally {
      lock.unlock();
    }
  }

  /** How many class loaders of unloaded plugins are in memory though their time is up. */
  public int stuckLoaders() {
    return stuck.size();
  }

  /** Stops watching, and unloads every version; waits a while for those that are leased. */
  @Override
  public void close() {
    scanner.shutdown();
    try {
      if (!scanner.awaitTermination(LOOK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The look into the plugin folders takes long; the server stops all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    registry.serve(List.of());
    versions.close();
  }
}
