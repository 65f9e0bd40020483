package dev.segue.server.steps;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.RefusedException;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.invoke.Attempt;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.UnresolvedConnectionException;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.server.connections.ConnectionException;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.PluginData;
import dev.segue.server.data.PluginDataRequest;
import dev.segue.server.secrets.SecretException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts together what the host offers to the attempts of steps. Thread-safe. */
public final class StepContexts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StepContexts.class);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Connections connections;
  private final PluginData data;
  private final ArtifactStore artifacts;
  private final ProgressListener progress;
  private final RateBudgets budgets;
  private final InstantSource clock;
  private final Map<String, LogBudget> logBudgets = new ConcurrentHashMap<>();

  /** Follows no redirect, for that would lead around the list of allowed hosts. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Makes the factory.
   *
   * @param servers tells how many servers share the connections' rates
   */
  public StepContexts(
      Connections connections,
      PluginData data,
      ArtifactStore artifacts,
      ProgressListener progress,
      IntSupplier servers,
      InstantSource clock) {
    this.connections = connections;
    this.data = data;
    this.artifacts = artifacts;
    this.progress = progress;
    this.budgets = new RateBudgets(servers);
    this.clock = clock;
  }

  /** How the plugin is to be called for one effect of a job. */
  Invocation invocation(StepCall call, String key) {
    PluginDescription plugin = call.binding().plugin();
    return new Invocation(
        call.limit(),
        call.run().simulated(),
        (name, type) -> account(plugin, name, type),
        attempt -> context(plugin.id(), call.run(), call.job().elementId(), key, attempt),
        call.active().cancellation());
  }

  /** How the plugin is to be called on an errand of the server itself. */
  Invocation invocation(
      Errand errand, PluginDescription plugin, StepDescriptor step, Cancellation cancellation) {
    return invocation(errand.run(), errand.elementId(), errand.key(), plugin, step, cancellation);
  }

  /** How the plugin is to be called for one effect that belongs to no job. */
  Invocation invocation(
      RunContext run,
      String elementId,
      String key,
      PluginDescription plugin,
      StepDescriptor step,
      Cancellation cancellation) {
    return new Invocation(
        step.policy().timeout(),
        run.simulated(),
        (name, type) -> account(plugin, name, type),
        attempt -> context(plugin.id(), run, elementId, key, attempt),
        cancellation);
  }

  /**
   * How a plugin is to be called outside of any run, such as to try a connection or to check edited
   * changes. It may only read.
   *
   * @param limit how long the call may take
   * @param site what {@code StepContext.site()} says
   */
  public Invocation outsideRuns(PluginDescription plugin, Duration limit, Optional<Site> site) {
    String key = "outside-" + UUID.randomUUID();
    RunContext none = new RunContext(key, 0, "", RunMode.SIMULATED, site, Optional.empty());
    return new Invocation(
        limit,
        true,
        (name, type) -> account(plugin, name, type),
        attempt -> context(plugin.id(), none, "", key, attempt),
        new Cancellation());
  }

  /** How a plugin is to be called when somebody tries a step; what it logs goes to them. */
  Invocation trial(
      PluginDescription plugin,
      Duration limit,
      Optional<Site> site,
      Cancellation cancellation,
      TrialLog log) {
    String key = "trial-" + UUID.randomUUID();
    RunContext none = new RunContext(key, 0, "", RunMode.SIMULATED, site, Optional.empty());
    LogBudget budget = new LogBudget();
    return new Invocation(
        limit,
        true,
        (name, type) -> account(plugin, name, type),
        attempt -> {
          log.hide(attempt.mask());
          return context(
              plugin.id(),
              none,
              "",
              key,
              attempt,
              new StepLog(log, attempt.mask(), budget),
              (run, element, fraction, text) ->
                  log.add(Level.INFO, "%.0f %% %s".formatted(100 * fraction, text).strip()));
        },
        cancellation);
  }

  /**
   * Fetches the settings that a step will need, so that they are at hand when it binds its input.
   * What is wrong with them is told then.
   *
   * @throws DataAccessException if the database is away
   */
  void warmUp(StepDescriptor step, ObjectNode input) {
    step.connections()
        .forEach(
            (field, type) -> {
              JsonNode name = input.path(field);
              if (name.isString()) {
                try {
                  connections.settings(name.stringValue(), type);
                } catch (ConnectionException | SecretException e) {
                  LOG.debug("The connection '{}' can't be used: {}", name, e.getMessage());
                }
              }
            });
  }

  private ConnectionType account(
      PluginDescription plugin, String name, Class<? extends ConnectionType> type) {
    ConnectionBinding binding = plugin.connection(type);
    try {
      return binding.bind(connections.settings(name, binding.descriptor().type()));
    } catch (ConnectionException | SecretException e) {
      throw new UnresolvedConnectionException(String.valueOf(e.getMessage()));
    } catch (DataAccessException e) {
      throw new RefusedException(
          new StepFailure.Retry(
              RETRY_PAUSE, "The database is away, so the connection '" + name + "' isn't known."));
    } catch (BindingException e) {
      throw new UnresolvedConnectionException(
          "the settings of the connection '%s' don't fit: %s; mend them"
              .formatted(name, e.getMessage()));
    }
  }

  private StepContext context(
      String plugin, RunContext run, String elementId, String key, Attempt attempt) {
    StepLog log =
        new StepLog(
            LoggerFactory.getLogger("segue.plugin." + plugin),
            attempt.mask(),
            logBudgets.computeIfAbsent(plugin, id -> new LogBudget()));
    return context(plugin, run, elementId, key, attempt, log, progress);
  }

  private StepContext context(
      String plugin,
      RunContext run,
      String elementId,
      String key,
      Attempt attempt,
      StepLog log,
      ProgressListener listener) {
    Instant asOf = run.asOf().orElse(null);
    return new HostStepContext(
        key,
        run,
        elementId,
        attempt,
        run.asOf().orElseGet(clock::instant),
        new HostStepContext.Parts(
            log,
            new HostHttp(http, budgets, attempt, clock),
            data.open(new PluginDataRequest(plugin, attempt.readOnly(), asOf, attempt.deadline())),
            artifacts.of(plugin, asOf, attempt.simulated()),
            listener));
  }

  /** Closes the HTTP client; requests that run fail. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
