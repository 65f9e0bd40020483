package dev.segue.runtime;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.SeguePlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One loaded version of a plugin: its instance, and all that it offers, checked. Holds the plugin's
 * classes; drop it to let them go. Immutable and thread-safe.
 */
public final class PluginDescription {

  /** How long a plugin may take to be made and to describe itself. */
  public static final Duration DESCRIBE_LIMIT = Duration.ofSeconds(10);

  private final String id;
  private final SeguePlugin plugin;
  private final ClassLoader classLoader;
  private final PluginDescriptor descriptor;
  private final Map<StepType, StepBinding> steps;
  private final Map<Class<?>, ConnectionBinding> connections;
  private final Map<String, MetricBinding> metrics;

  private PluginDescription(
      String id, SeguePlugin plugin, ClassLoader classLoader, PluginCatalog catalog) {
    this.id = id;
    this.plugin = plugin;
    this.classLoader = classLoader;
    this.metrics = catalog.metrics();
    this.connections = catalog.connections();
    this.steps = new LinkedHashMap<>();
    List<StepDescriptor> described = new ArrayList<>();
    for (StepBinding step : catalog.steps(this)) {
      switch (step) {
        case StepBinding.Plain plain -> add(plain.descriptor(), plain, described);
        case StepBinding.Changing changing -> {
          add(changing.plan(), changing, described);
          add(changing.apply(), changing, described);
          if (changing.undo() != null) {
            add(changing.undo(), changing, described);
          }
        }
      }
    }
    this.descriptor =
        new PluginDescriptor(
            id,
            described,
            connections.values().stream().map(ConnectionBinding::descriptor).toList(),
            metrics.values().stream().map(MetricBinding::info).toList());
  }

  private void add(StepDescriptor step, StepBinding binding, List<StepDescriptor> described) {
    steps.put(step.type(), binding);
    described.add(step);
  }

  /**
   * Makes a plugin, has it describe itself, and checks what it says.
   *
   * @param id the plugin's id, from its descriptor
   * @param maker makes the plugin's instance
   * @param classLoader the plugin's class loader, where its icons are found, too
   * @param calls runs the plugin's code
   * @return the description
   * @throws InvalidPluginException if the plugin breaks a rule, throws, or takes more than {@link
   *     #DESCRIBE_LIMIT}, with everything that is wrong
   */
  public static PluginDescription of(
      String id, Callable<? extends SeguePlugin> maker, ClassLoader classLoader, PluginCalls calls)
      throws InvalidPluginException {
    if (!id.matches("[a-z0-9-]{2,40}")) {
      throw new InvalidPluginException(
          id, List.of(new PluginProblem("plugin id", "'" + id + "' must match [a-z0-9-]{2,40}")));
    }
    PluginCatalog catalog = new PluginCatalog(id, classLoader);
    StepResult<SeguePlugin> made =
        calls.call(
            classLoader,
            "describe",
            DESCRIBE_LIMIT,
            () -> {
              SeguePlugin plugin = maker.call();
              plugin.describe(catalog);
              catalog.close();
              return plugin;
            });
    return switch (made) {
      case StepResult.Completed<SeguePlugin> done -> {
        catalog.throwIfRefused();
        yield new PluginDescription(id, done.value(), classLoader, catalog);
      }
      case StepResult.Failed<SeguePlugin> failed ->
          throw new InvalidPluginException(
              id, List.of(new PluginProblem("describe", failed.failure().message())));
    };
  }

  /**
   * Tells the plugin's id.
   *
   * @return as given
   */
  public String id() {
    return id;
  }

  /**
   * Gives the plugin's instance, to be closed after the last call.
   *
   * @return the instance
   */
  public SeguePlugin plugin() {
    return plugin;
  }

  /**
   * Gives the class loader that is the context class loader of every call.
   *
   * @return as given
   */
  public ClassLoader classLoader() {
    return classLoader;
  }

  /**
   * Describes all that the plugin offers.
   *
   * @return plain data
   */
  public PluginDescriptor descriptor() {
    return descriptor;
  }

  /**
   * Finds what serves a step type.
   *
   * @param type any step type
   * @return the binding, or empty if this plugin doesn't serve it
   */
  public Optional<StepBinding> step(StepType type) {
    return Optional.ofNullable(steps.get(type));
  }

  /**
   * Finds a connection type by its name.
   *
   * @param name the name within the plugin
   * @return the binding, or empty if there is none
   */
  public Optional<ConnectionBinding> connection(String name) {
    return connections.values().stream()
        .filter(connection -> connection.descriptor().name().equals(name))
        .findFirst();
  }

  /**
   * Finds a connection type by its class.
   *
   * @param type the class of an input's component
   * @return the binding
   * @throws IllegalArgumentException if it is no connection type of this plugin
   */
  public ConnectionBinding connection(Class<? extends ConnectionType> type) {
    @Nullable ConnectionBinding binding = connections.get(type);
    if (binding == null) {
      throw new IllegalArgumentException(
          type.getName() + " is no connection type of the plugin '" + id + "'");
    }
    return binding;
  }

  /**
   * Finds a metric by its name.
   *
   * @param metric the metric's name
   * @return what reads it, or empty if there is none
   */
  public Optional<MetricBinding> metric(String metric) {
    return Optional.ofNullable(metrics.get(metric));
  }
}
