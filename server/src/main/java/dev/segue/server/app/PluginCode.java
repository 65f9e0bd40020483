package dev.segue.server.app;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepType;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ConnectionType.ConnectionCheck;
import dev.segue.sdk.Site;
import dev.segue.server.changes.ChangeCheck;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.connections.ConnectionException;
import dev.segue.server.connections.ConnectionTester;
import dev.segue.server.connections.Connections;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.steps.StepContexts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Calls the code of plugins outside of runs: to try connections and to check edited changes. */
final class PluginCode implements ConnectionTester, ChangeCheck {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final PluginHost host;
  private final StepInvoker invoker;
  private final StepContexts contexts;
  private final Connections connections;
  private final Function<String, Optional<Site>> sites;

  PluginCode(
      PluginHost host,
      StepInvoker invoker,
      StepContexts contexts,
      Connections connections,
      Function<String, Optional<Site>> sites) {
    this.host = host;
    this.invoker = invoker;
    this.contexts = contexts;
    this.connections = connections;
    this.sites = sites;
  }

  @Override
  public Finding test(String name, String type) {
    JsonNode settings;
    try {
      settings = connections.settings(name, type);
    } catch (ConnectionException e) {
      return new Finding(false, String.valueOf(e.getMessage()));
    }
    return host.with(plugin(type), description -> test(description, name, type, settings))
        .orElseGet(
            () ->
                new Finding(
                    false, "The plugin " + plugin(type) + " isn't loaded; install or enable it."));
  }

  private Finding test(PluginDescription description, String name, String type, JsonNode settings) {
    Optional<ConnectionBinding> binding =
        description.connection(type.substring(type.indexOf(':') + 1));
    if (binding.isEmpty()) {
      return new Finding(false, "The plugin no longer offers connections of the type " + type);
    }
    StepResult<ConnectionCheck> result =
        invoker.test(
            description,
            binding.get(),
            name,
            settings,
            contexts.outsideRuns(description, LIMIT, Optional.empty()));
    return switch (result) {
      case StepResult.Completed<ConnectionCheck> done ->
          new Finding(done.value().works(), done.value().message());
      case StepResult.Failed<ConnectionCheck> failed ->
          new Finding(false, failed.failure().message());
    };
  }

  @Override
  public StepResult<List<ChangeProblem>> check(StoredChangeSet set, List<Change> changes) {
    return host.with(plugin(set.stepType()), description -> check(description, set, changes))
        .orElseGet(() -> notLoaded(set));
  }

  private StepResult<List<ChangeProblem>> check(
      PluginDescription description, StoredChangeSet set, List<Change> changes) {
    StepType whole = StepType.parse(set.stepType());
    StepType apply = new StepType(whole.plugin(), whole.action() + ".apply", whole.major());
    Optional<StepBinding> binding = description.step(apply);
    if (binding.isEmpty() || !(binding.get() instanceof StepBinding.Changing changing)) {
      return notLoaded(set);
    }
    String siteId = set.siteId();
    Optional<Site> site = siteId == null ? Optional.empty() : sites.apply(siteId);
    return invoker.check(
        changing, changes, set.connections(), contexts.outsideRuns(description, LIMIT, site));
  }

  private static StepResult<List<ChangeProblem>> notLoaded(StoredChangeSet set) {
    return new StepResult.Failed<>(
        new StepFailure.Retry(
            Duration.ZERO,
            "No loaded plugin serves " + set.stepType() + "; install or enable it first."),
        Duration.ZERO);
  }

  private static String plugin(String type) {
    return type.substring(0, type.indexOf(':'));
  }
}
