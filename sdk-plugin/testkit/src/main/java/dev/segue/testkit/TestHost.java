package dev.segue.testkit;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.InvalidPluginException;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.invoke.Attempt;
import dev.segue.runtime.invoke.AttemptConnection;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.runtime.schema.UnresolvedConnectionException;
import dev.segue.sdk.Artifacts;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.SeguePlugin;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepData;
import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the server: loads a plugin, and offers its steps what they ask for.
 *
 * <pre>{@code
 * try (TestHost host = TestHost.of("bakery", new BakeryPlugin()).site(SITE)) {
 *   CountLoaves.Output output = host.step(CountLoaves.class).run(new CountLoaves.Input(day, account));
 * }
 * }</pre>
 *
 * <p>Settings may be altered between calls. HTTP reaches the local machine alone, and there only
 * the hosts that the step's connection declares. Not thread-safe, but for what the steps use.
 */
public final class TestHost implements AutoCloseable {

  /** A step that runs on after an interrupt fails its test; no need to wait for it for long. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final PluginCalls calls = new PluginCalls(PATIENCE);
  private final StepInvoker invoker = new StepInvoker(calls, Clock.systemUTC());
  private final PluginDescription plugin;
  private final Map<String, ConnectionType> connections = new LinkedHashMap<>();
  private final List<Progress> progress = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private @Nullable Site site;
  private @Nullable Instant now;
  private @Nullable StepData data;
  private Artifacts artifacts = new InMemoryArtifacts();
  private String runId = "test-run";
  private String key = "test-run/step";
  private @Nullable Duration limit;

  /**
   * What a step reported.
   *
   * @param fraction 0.0 to 1.0
   * @param text one short line; may be empty
   */
  public record Progress(double fraction, String text) {}

  private TestHost(PluginDescription plugin) {
    this.plugin = plugin;
  }

  /**
   * Loads a plugin.
   *
   * @param pluginId its id
   * @param plugin its instance; for a step with test doubles inside, a lambda that registers it
   * @return a host with nothing set
   * @throws AssertionError if the plugin breaks a rule, with all that it breaks
   */
  public static TestHost of(String pluginId, SeguePlugin plugin) {
    try (PluginCalls calls = new PluginCalls()) {
      return new TestHost(
          PluginDescription.of(pluginId, () -> plugin, plugin.getClass().getClassLoader(), calls));
    } catch (InvalidPluginException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Sets where the run takes place; no particular site unless set. */
  public TestHost site(Site value) {
    site = value;
    return this;
  }

  /** Sets the run's now; the system's clock unless set. */
  public TestHost now(Instant value) {
    now = value;
    return this;
  }

  /** Sets a PostgreSQL database for {@code data()}; without one, a step that asks for it fails. */
  public TestHost data(DataSource value) {
    data = new JdbcStepData(value);
    return this;
  }

  /** Sets any other data; the test sees to it that read-only means read-only. */
  public TestHost data(StepData value) {
    data = value;
    return this;
  }

  /** Sets another store of artifacts than one in memory. */
  public TestHost artifacts(Artifacts value) {
    artifacts = value;
    return this;
  }

  /** Names an account; accounts in an input that have no name yet get one by themselves. */
  public TestHost connection(String name, ConnectionType account) {
    connections.put(name, account);
    return this;
  }

  /** Sets the run's id; {@code test-run} unless set. */
  public TestHost runId(String value) {
    runId = value;
    return this;
  }

  /** Sets the idempotency key of steps; the same for all calls until set anew. */
  public TestHost key(String value) {
    key = value;
    return this;
  }

  /** Sets the limit of all calls; the step's own unless set. */
  public TestHost limit(Duration value) {
    limit = value;
    return this;
  }

  /**
   * Picks a step.
   *
   * @param type the class of the registered step
   * @param <I> its input
   * @param <O> its output
   * @return what runs it
   */
  public <I extends Record, O extends Record> StepHarness<I, O> step(
      Class<? extends Step<I, O>> type) {
    return new StepHarness<>(
        this, find(StepBinding.Plain.class, binding -> type.isInstance(binding.step()), type));
  }

  /**
   * Picks a change step.
   *
   * @param type the class of the registered step
   * @param <I> its input
   * @param <O> its output
   * @return what plans and applies with it
   */
  public <I extends Record, O extends Record> ChangeStepHarness<I, O> changeStep(
      Class<? extends ChangeStep<I, O>> type) {
    return new ChangeStepHarness<>(
        this, find(StepBinding.Changing.class, binding -> type.isInstance(binding.step()), type));
  }

  /**
   * Picks a metric.
   *
   * @param name its name
   * @return what reads it
   */
  public MetricHarness metric(String name) {
    return new MetricHarness(
        this,
        plugin
            .metric(name)
            .orElseThrow(
                () -> new AssertionError("the plugin offers no metric of the name " + name)));
  }

  private <B extends StepBinding> B find(Class<B> kind, Predicate<B> wanted, Class<?> type) {
    return plugin.descriptor().steps().stream()
        .map(step -> plugin.step(step.type()).orElseThrow())
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the plugin registers no step of the class " + type));
  }

  /** Gives the plugin as a host sees it. */
  public PluginDescription plugin() {
    return plugin;
  }

  /** Lists what steps reported, oldest first. */
  public List<Progress> progress() {
    return List.copyOf(progress);
  }

  /** Lists what steps logged as {@code LEVEL message}, secrets masked, oldest first. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** Gives the store of artifacts. */
  public Artifacts artifacts() {
    return artifacts;
  }

  StepInvoker invoker() {
    return invoker;
  }

  String nameOf(ConnectionType account) {
    for (Map.Entry<String, ConnectionType> known : connections.entrySet()) {
      if (known.getValue() == account) {
        return known.getKey();
      }
    }
    String name = "connection-" + (connections.size() + 1);
    connections.put(name, account);
    return name;
  }

  Invocation invocation(Duration stepLimit, boolean simulated) {
    return new Invocation(
        limit == null ? stepLimit : limit,
        simulated,
        this::resolve,
        attempt -> new TestContext(attempt, this),
        new Cancellation());
  }

  private ConnectionType resolve(String name, Class<? extends ConnectionType> type) {
    ConnectionType account = connections.get(name);
    if (account == null) {
      throw new UnresolvedConnectionException(
          "the test has set no connection of the name '" + name + "'");
    }
    return type.isInstance(account) ? account : copied(account, type);
  }

  /** Copies anew with each call: a kept one would keep the other class loader. */
  private static ConnectionType copied(
      ConnectionType account, Class<? extends ConnectionType> type) {
    try {
      return Objects.requireNonNull(type.cast(OwnCopy.of(account, type.getClassLoader())));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("the account " + account + " can't be made a second time", e);
    }
  }

  /**
   * Makes a context, for a test of what stands below the plugin's steps.
   *
   * @param accounts the connections that the step's input would hold
   * @return the context of a live attempt that may write and has a minute
   */
  public StepContext context(ConnectionType... accounts) {
    List<AttemptConnection> used = new ArrayList<>();
    SecretMask mask = new SecretMask();
    for (ConnectionType account : accounts) {
      ConnectionBinding type = plugin.connection(account.getClass());
      type.secrets(account, mask::add);
      used.add(
          new AttemptConnection("", nameOf(account), type.descriptor(), account, account.hosts()));
    }
    Instant deadline = Instant.now().plus(limit == null ? Duration.ofMinutes(1) : limit);
    return new TestContext(new Attempt(deadline, false, false, used, mask), this);
  }

  private SeguePlugin anew(ClassLoader loader) throws ReflectiveOperationException {
    Constructor<?> constructor =
        loader.loadClass(plugin.plugin().getClass().getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (SeguePlugin) constructor.newInstance();
  }

  /** Loads the plugin once more with another class loader; what is set here is set there. */
  TestHost reloaded(ClassLoader loader) {
    try (PluginCalls describing = new PluginCalls()) {
      TestHost copy =
          new TestHost(PluginDescription.of(plugin.id(), () -> anew(loader), loader, describing));
      copy.connections.putAll(connections);
      copy.site = site;
      copy.now = now;
      copy.data = data;
      copy.artifacts = artifacts;
      copy.runId = runId;
      copy.key = key;
      copy.limit = limit;
      return copy;
    } catch (InvalidPluginException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  String runId() {
    return runId;
  }

  String key() {
    return key;
  }

  Instant now() {
    return now == null ? Instant.now() : now;
  }

  Optional<Site> site() {
    return Optional.ofNullable(site);
  }

  Optional<StepData> data() {
    return Optional.ofNullable(data);
  }

  void record(Progress step) {
    progress.add(step);
  }

  void record(String line) {
    log.add(line);
  }

  /** Closes the plugin. */
  @Override
  public void close() throws Exception {
    plugin.plugin().close();
    calls.close();
  }
}
