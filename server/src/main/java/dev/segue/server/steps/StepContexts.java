package dev.segue.server.steps;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.RefusedException;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.Attempt;
import dev.segue.runtime.invoke.CallObserver;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.UnresolvedConnectionException;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.server.connections.ConnectionException;
import dev.segue.server.connections.ConnectionTraffic;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.PluginData;
import dev.segue.server.data.PluginDataRequest;
import dev.segue.server.secrets.SecretException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final Duration PAUSED_PAUSE = Duration.ofSeconds(30);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Connections connections;
  private final PluginData data;
  private final ArtifactStore artifacts;
  private final ProgressListener progress;
  private final ConnectionTraffic traffic;
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
   * @param traffic keeps the connections' rates and hears how calls went
   */
  public StepContexts(
      Connections connections,
      PluginData data,
      ArtifactStore artifacts,
      ProgressListener progress,
      ConnectionTraffic traffic,
      InstantSource clock) {
    this.connections = connections;
    this.data = data;
    this.artifacts = artifacts;
    this.progress = progress;
    this.traffic = traffic;
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
        call.active().cancellation(),
        // What is only simulated says nothing of the outside system.
        call.run().simulated()
                && call.step().kind() == StepKind.STEP
                && call.step().effect().isNoticeable()
            ? CallObserver.NONE
            : this::observe);
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
   * @return why the step has to wait, if one of its connections is paused
   * @throws DataAccessException if the database is away
   */
  Optional<String> warmUp(StepDescriptor step, ObjectNode input) {
    for (Map.Entry<String, String> connection : step.connections().entrySet()) {
      JsonNode name = input.path(connection.getKey());
      if (name.isString()) {
        try {
          connections.settings(name.stringValue(), connection.getValue());
        } catch (ConnectionException e) {
          if (e.kind() == ConnectionException.Kind.PAUSED) {
            return Optional.of(waiting(name.stringValue()));
          }
          LOG.debug("The connection '{}' can't be used: {}", name, e.getMessage());
        } catch (SecretException e) {
          LOG.debug("The connection '{}' can't be used: {}", name, e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  /** Why a step has to wait, if one of these connections is paused. */
  Optional<String> paused(Collection<String> names) {
    return names.stream().filter(connections::isPaused).findFirst().map(this::waiting);
  }

  private String waiting(String connection) {
    connections.waitedFor(connection);
    return "The connection '%s' is paused. The step goes on by itself when it is resumed."
        .formatted(connection);
  }

  private void observe(List<String> names, StepResult<?> result) {
    if (names.isEmpty()) {
      return;
    }
    switch (result) {
      case StepResult.Completed<?> done -> traffic.succeeded(names);
      case StepResult.Failed<?> failed -> {
        switch (failed.failure()) {
          case StepFailure.BusinessError error -> traffic.succeeded(names);
          case StepFailure.Retry retry -> traffic.failed(names, retry.message());
          case StepFailure.TimedOut timedOut -> traffic.failed(names, timedOut.message());
          case StepFailure.Fault fault -> traffic.failed(names, fault.message());
          case StepFailure.Interrupted interrupted -> {}
          case StepFailure.InvalidInput input -> {}
          case StepFailure.InvalidOutput output -> {}
        }
      }
    }
  }

  private ConnectionType account(
      PluginDescription plugin, String name, Class<? extends ConnectionType> type) {
    ConnectionBinding binding = plugin.connection(type);
    try {
      return binding.bind(connections.settings(name, binding.descriptor().type()));
    } catch (ConnectionException e) {
      if (e.kind() == ConnectionException.Kind.PAUSED) {
        throw new RefusedException(new StepFailure.Retry(PAUSED_PAUSE, waiting(name)));
      }
      throw new UnresolvedConnectionException(String.valueOf(e.getMessage()));
    } catch (SecretException e) {
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
            new HostHttp(http, traffic::admit, attempt, clock),
            data.open(
                new PluginDataRequest(
                    plugin, attempt.readOnly(), asOf, run.knowledge(), attempt.deadline())),
            artifacts.of(plugin, asOf, attempt.simulated()),
            listener));
  }

  /** Closes the HTTP client; requests that run fail. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
