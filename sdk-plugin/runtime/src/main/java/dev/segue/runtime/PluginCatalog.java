package dev.segue.runtime;

import dev.segue.runtime.schema.Binder;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.FieldProblem;
import dev.segue.runtime.schema.Role;
import dev.segue.sdk.Catalog;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.MetricSource;
import dev.segue.sdk.MetricSource.MetricInfo;
import dev.segue.sdk.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes and checks the registrations of one plugin, and collects what is wrong. */
final class PluginCatalog implements Catalog {

  private static final String NAME = "[a-z0-9-]{2,40}";
  private static final String LABEL = "[a-z][a-z0-9_]{0,39}";
  private static final int MOST_LABELS = 16;

  private final String plugin;
  private final ClassLoader loader;
  private final List<PluginProblem> problems = new ArrayList<>();
  private final Map<Class<?>, ConnectionBinding> connections = new LinkedHashMap<>();
  private final Map<String, OfferedMetric> metrics = new LinkedHashMap<>();
  private final List<StepRegistration> registrations = new ArrayList<>();
  private boolean closed;

  PluginCatalog(String plugin, ClassLoader loader) {
    this.plugin = plugin;
    this.loader = loader;
  }

  @Override
  public void step(Step<?, ?> step) {
    checkOpen();
    register(StepRegistration.of(plugin, step, this::problem));
  }

  @Override
  public void step(ChangeStep<?, ?> step) {
    checkOpen();
    register(StepRegistration.of(plugin, step, this::problem));
  }

  private void register(@Nullable StepRegistration registration) {
    if (registration == null) {
      return;
    }
    boolean taken =
        registrations.stream()
            .anyMatch(
                other ->
                    other.name().equals(registration.name())
                        && other.major() == registration.major());
    if (taken) {
      problem(
          registration.where(),
          "is a second step of the name '"
              + registration.name()
              + "' and major "
              + registration.major()
              + "; give it another name");
      return;
    }
    registrations.add(registration);
  }

  @Override
  public void connection(Class<? extends ConnectionType> type) {
    checkOpen();
    String where = type.getName();
    ConnectionInfo info = type.getAnnotation(ConnectionInfo.class);
    if (info == null || !type.isRecord()) {
      problem(where, "is no connection type; make it a record annotated with @ConnectionInfo");
      return;
    }
    checkName(where, "connection", info.name());
    checkTitle(where, info.title());
    if (info.requestsPerSecond() < 0 || !Double.isFinite(info.requestsPerSecond())) {
      problem(where, "has a negative or infinite requestsPerSecond; 0 means no limit");
    }
    boolean taken =
        connections.values().stream()
            .anyMatch(other -> other.descriptor().name().equals(info.name()));
    if (taken) {
      problem(where, "is a second connection type of the name '" + info.name() + "'");
      return;
    }
    Binder<? extends Record> binder = binder(type.asSubclass(Record.class), Role.CONNECTION);
    if (binder != null) {
      connections.put(type, new ConnectionBinding(describe(info, binder, where), binder));
    }
  }

  private ConnectionDescriptor describe(
      ConnectionInfo info, Binder<? extends Record> binder, String where) {
    return new ConnectionDescriptor(
        plugin,
        info.name(),
        info.title(),
        info.description(),
        Icons.read(loader, info.icon(), message -> problem(where, message)),
        info.requestsPerSecond(),
        binder.schema(),
        binder.secretFields());
  }

  /** As it was registered; the connection type may be registered later. */
  private record OfferedMetric(
      MetricInfo info, MetricSource source, Optional<Class<? extends ConnectionType>> needs) {}

  @Override
  public void metrics(MetricSource source) {
    checkOpen();
    String where = source.getClass().getName();
    List<MetricInfo> infos = source.metrics();
    Optional<Class<? extends ConnectionType>> needs = source.connection();
    if (infos.isEmpty()) {
      problem(where, "offers no metric");
    }
    for (MetricInfo info : infos) {
      if (!info.name().matches("[a-z][a-z0-9_]{1,80}")) {
        problem(where, "names a metric '" + info.name() + "'; write one such as sales_revenue");
      }
      checkTitle(where, info.title());
      checkLabels(where, info);
      if (info.every().isNegative() || info.every().isZero()) {
        problem(where, "has a metric '" + info.name() + "' that appears every " + info.every());
      }
      if (metrics.putIfAbsent(info.name(), new OfferedMetric(info, source, needs)) != null) {
        problem(where, "offers a second metric of the name '" + info.name() + "'");
      }
    }
  }

  private void checkLabels(String where, MetricInfo info) {
    for (String label : info.labels()) {
      if (!label.matches(LABEL)) {
        problem(
            where,
            "has a metric '%s' with the label '%s', which must match %s"
                .formatted(info.name(), label, LABEL));
      }
    }
    if (info.labels().size() > MOST_LABELS) {
      problem(
          where, "has a metric '%s' with more than %d labels".formatted(info.name(), MOST_LABELS));
    }
  }

  /** Ends the registration; everything that needs the whole of the plugin is looked at now. */
  void close() {
    closed = true;
    StepBinder binder = new StepBinder(this, loader);
    registrations.forEach(registration -> registration.bind(binder));
    metrics
        .values()
        .forEach(
            metric ->
                metric
                    .needs()
                    .filter(type -> !connections.containsKey(type))
                    .ifPresent(type -> notRegistered(metric.source(), type)));
    if (registrations.isEmpty() && connections.isEmpty() && metrics.isEmpty()) {
      problem(
          "describe", "registers nothing; call catalog.step(…), connection(…) or metrics(…) in it");
    }
  }

  void throwIfRefused() throws InvalidPluginException {
    if (!problems.isEmpty()) {
      throw new InvalidPluginException(plugin, problems);
    }
  }

  List<StepBinding> steps(PluginDescription description) {
    return registrations.stream().map(step -> step.binding(description)).toList();
  }

  Map<Class<?>, ConnectionBinding> connections() {
    return Collections.unmodifiableMap(connections);
  }

  /** By their names, in the order of registration. */
  Map<String, MetricBinding> metrics() {
    Map<String, MetricBinding> bindings = new LinkedHashMap<>();
    metrics.forEach(
        (name, metric) ->
            bindings.put(
                name,
                new MetricBinding(
                    metric.info(), metric.source(), metric.needs().map(connections::get))));
    return Collections.unmodifiableMap(bindings);
  }

  String plugin() {
    return plugin;
  }

  void problem(String where, String message) {
    problems.add(new PluginProblem(where, message));
  }

  void checkName(String where, String kind, String name) {
    if (!name.matches(NAME)) {
      problem(where, "has the " + kind + " name '" + name + "', which must match " + NAME);
    }
  }

  void checkTitle(String where, String title) {
    if (title.isBlank() || title.length() > 80) {
      problem(where, "needs a title of 1 to 80 characters that people can read");
    }
  }

  @Nullable Binder<? extends Record> binder(Class<? extends Record> type, Role role) {
    try {
      return Binder.of(type, role, this::connectionName);
    } catch (BindingException e) {
      for (FieldProblem problem : e.problems()) {
        problem(type.getName() + "." + problem.path(), problem.message());
      }
      return null;
    }
  }

  private String connectionName(Class<? extends ConnectionType> type) {
    ConnectionBinding known = connections.get(type);
    if (known == null) {
      problem(
          type.getName(),
          "is asked for by a step, but is not registered; call catalog.connection("
              + type.getSimpleName()
              + ".class)");
      return plugin + ":unknown";
    }
    return known.descriptor().type();
  }

  private void notRegistered(MetricSource source, Class<? extends ConnectionType> type) {
    problem(
        source.getClass().getName(),
        "reads from a connection that is not registered; call catalog.connection("
            + type.getSimpleName()
            + ".class)");
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the catalog takes registrations during describe only");
    }
  }
}
