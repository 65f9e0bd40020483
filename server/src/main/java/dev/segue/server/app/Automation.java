package dev.segue.server.app;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.Feel;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.Site;
import dev.segue.server.app.Capabilities.Foundation;
import dev.segue.server.approvals.Approvals;
import dev.segue.server.changes.ChangeSets;
import dev.segue.server.changes.Changes;
import dev.segue.server.connections.ConnectionOperations;
import dev.segue.server.connections.ConnectionTraffic;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.BusinessData;
import dev.segue.server.data.PluginData;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.events.feed.ProgressTeller;
import dev.segue.server.http.Operation;
import dev.segue.server.notices.Notices;
import dev.segue.server.people.Audit;
import dev.segue.server.people.Directory;
import dev.segue.server.plugins.DeployedSteps;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginMigrations;
import dev.segue.server.plugins.PluginOperations;
import dev.segue.server.plugins.PluginsSettings;
import dev.segue.server.policies.Policies;
import dev.segue.server.policies.PolicyWatch;
import dev.segue.server.rehearsals.Rehearsals;
import dev.segue.server.runs.RunParts;
import dev.segue.server.runs.Runs;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.runs.history.HistoryEvent;
import dev.segue.server.runs.history.Projector;
import dev.segue.server.runs.history.ProjectorSettings;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.sources.MetricSources;
import dev.segue.server.steps.EffectsInDoubt;
import dev.segue.server.steps.StepContexts;
import dev.segue.server.steps.StepDispatcher;
import dev.segue.server.steps.StepTrialOperations;
import dev.segue.server.steps.StepsSettings;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.triggers.Triggers;
import dev.segue.server.triggers.monitors.Monitors;
import dev.segue.server.triggers.schedules.Places;
import dev.segue.server.triggers.schedules.Schedules;
import dev.segue.server.triggers.webhooks.Webhooks;
import dev.segue.server.workflows.WorkflowDeployed;
import dev.segue.server.workflows.WorkflowPinned;
import dev.segue.server.workflows.Workflows;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What makes workflows run: plugins and their connections, steps, changes, approvals, runs and
 * workflows, each made out of what lies below it.
 */
final class Automation {

  private final PluginHost plugins;
  private final StepDispatcher dispatcher;
  private final Changes changes;
  private final Approvals approvals;
  private final PolicyWatch policyWatch;
  private final Notices notices;
  private final Workflows workflows;
  private final Triggers triggers;
  private final Schedules schedules;
  private final Monitors monitors;
  private final Rehearsals rehearsals;
  private final MetricSources sources;
  private final Projector projector;
  private final List<Operation> operations = new ArrayList<>();

  /** What lies below all of these and is shared. */
  record Shared(
      EventBus events,
      Outbox outbox,
      ProgressTeller progress,
      BusinessData data,
      MetricStore metrics,
      Audit audit,
      Directory people) {}

  Automation(Foundation base, Shared shared, Running running) throws IOException {
    Database database = base.database();
    Engine engine = base.engine();
    Clock clock = Clock.systemUTC();
    UUID serverId = base.home().serverId();
    Feel feel = new Feel();

    running.add("the guard of the memory", new HeapGuard());
    PluginCalls calls = running.add("the calls of plugins", new PluginCalls());
    PluginRoles roles = new PluginRoles(database);
    plugins =
        running.add(
            "the plugins",
            PluginHost.of(
                PluginsSettings.of(base.home().folder(), base.distribution().plugins())
                    .withUnsignedInFolder(base.settings().unsignedInFolder()),
                database,
                new PluginMigrations(roles),
                deployed(),
                calls));
    base.metrics()
        .registry()
        .gauge("segue.plugins.unloaded.in.memory", plugins, PluginHost::stuckLoaders);
    SecretStore secrets = new SecretStore(SecretKeyFile.openOrCreate(base.home().folder()));
    Connections connections = new Connections(database, secrets, plugins.connectionTypes());
    PluginData pluginData = running.add("the plugins' connections", new PluginData(roles));
    ArtifactStore artifacts = new ArtifactStore(database, base.home().resolve("work"));
    ConnectionTraffic traffic =
        running.add("the traffic of connections", new ConnectionTraffic(database, clock));
    StepContexts contexts =
        running.add(
            "the contexts of steps",
            new StepContexts(
                connections,
                pluginData,
                artifacts,
                (run, element, fraction, text) ->
                    shared
                        .progress()
                        .tell(
                            new ProgressTeller.Step(
                                run.runId(),
                                run.workflowId(),
                                run.site().map(Site::id).orElse(null),
                                element,
                                fraction,
                                text)),
                traffic,
                clock));
    StepInvoker invoker = new StepInvoker(calls, clock);
    PluginCode code = new PluginCode(plugins, invoker, contexts, connections, shared.data()::site);

    WorkflowLookup lookup = Workflows.lookup(database);
    Policies policies =
        new Policies(
            new Policies.Ground(database, lookup, shared.data()::site, shared.audit(), clock),
            new ChangeSets());
    changes = new Changes(database, serverId, invoker, code, shared.audit(), policies);
    approvals =
        new Approvals(
            new Approvals.Parts(
                database,
                engine,
                shared.outbox(),
                shared.events(),
                shared.audit(),
                shared.people()),
            changes,
            Workflows.taskTexts(database),
            policies);
    policyWatch = running.add("the policies", new PolicyWatch(policies, approvals));
    Runs runs =
        new Runs(
            new Runs.Ground(database, engine, shared.outbox(), shared.events(), shared.audit()),
            new Runs.Neighbours(
                lookup,
                site -> shared.data().site(site).isPresent(),
                parts(database),
                new DoubtfulEffects(new EffectsInDoubt(database), changes.doubts())));
    triggers =
        new Triggers(
            new Triggers.Ground(
                database,
                runs.starter(),
                lookup,
                shared.audit(),
                clock,
                feel,
                shared.data()::site));
    schedules =
        running.add(
            "the schedules", new Schedules(database, triggers, places(shared.data()), clock));
    monitors =
        running.add(
            "the monitors",
            new Monitors(
                new Monitors.Ground(
                    database, triggers, shared.outbox(), runs.messages(), shared.audit(), clock)));
    Webhooks webhooks =
        new Webhooks(
            new Webhooks.Ground(
                database,
                triggers,
                secrets,
                site -> shared.data().site(site).isPresent(),
                shared.audit(),
                base.metrics().registry(),
                clock));
    dispatcher =
        running.add(
            "the steps",
            new StepDispatcher(
                settings(base.settings()),
                serverId,
                new StepDispatcher.Collaborators(
                    engine,
                    plugins,
                    database,
                    runs.contexts(shared.data()::site),
                    invoker,
                    contexts,
                    feel,
                    new StepMeters(base.metrics().registry())),
                Map.of(
                    StepKind.PLAN,
                    changes.planRunner(),
                    StepKind.APPLY,
                    changes.applyRunner(),
                    StepKind.UNDO,
                    changes.undoRunner())));
    notices =
        running.add(
            "the notices",
            new Notices(
                new Notices.Ground(
                    database,
                    shared.outbox(),
                    approvals,
                    connections,
                    plugins.steps(),
                    dispatcher.hostSteps(),
                    shared.data()::site,
                    base.pages()),
                base.settings().notices(),
                clock));
    workflows =
        new Workflows(
            new Workflows.Ground(database, engine, shared.events(), shared.audit(), feel),
            plugins.installedSteps(),
            triggers.declared());
    projector =
        running.add(
            "the projection",
            new Projector(
                new Projector.Surroundings(
                    database, shared.events(), shared.outbox(), base.metrics().registry()),
                ProjectorSettings.DEFAULT,
                clock));

    rehearsals =
        running.add(
            "the rehearsals",
            new Rehearsals(
                new Rehearsals.Ground(
                    database,
                    runs,
                    changes,
                    lookup,
                    triggers,
                    schedules,
                    shared.data(),
                    feel,
                    shared.audit(),
                    clock)));

    sources =
        running.add(
            "the sources of metrics",
            new MetricSources(
                new MetricSources.Ground(database, shared.metrics(), shared.audit(), clock),
                new MetricSources.Plugins(plugins, invoker, contexts, connections)));

    listen(shared.events());
    operations.addAll(
        new ConnectionOperations(
                database,
                connections,
                plugins.connectionTypes(),
                code,
                traffic,
                workflows.connectionUse(plugins.steps()),
                shared.audit())
            .operations());
    operations.addAll(
        new PluginOperations(plugins, workflows.stepUse(), database, shared.audit()).operations());
    operations.addAll(
        new StepTrialOperations(dispatcher.trials(), shared.data()::site, database, shared.audit())
            .operations());
    operations.addAll(changes.operations());
    operations.addAll(
        changes.undoing(dispatcher.hostSteps(), shared.data()::site, shared.outbox()));
    operations.addAll(approvals.operations());
    operations.addAll(policies.operations());
    operations.addAll(runs.operations());
    operations.addAll(workflows.operations());
    operations.addAll(triggers.operations());
    operations.addAll(schedules.operations());
    operations.addAll(monitors.operations());
    operations.addAll(rehearsals.operations());
    operations.addAll(webhooks.operations());
    operations.addAll(sources.operations());
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Begins to take jobs and to follow the engine. */
  void start() {
    plugins.start();
    workflows.start();
    projector.start();
    dispatcher.start();
    policyWatch.start();
    notices.start();
    schedules.start();
    monitors.start();
    rehearsals.start();
    sources.start();
  }

  private static Places places(BusinessData data) {
    return new Places() {
      @Override
      public List<Site> all() {
        return data.sites();
      }

      @Override
      public Optional<Site> find(String id) {
        return data.site(id);
      }

      @Override
      public Optional<List<String>> ofGroup(String group) {
        return data.sitesOfGroup(group);
      }
    };
  }

  private void listen(EventBus events) {
    events.subscribe(
        HistoryEvent.UserTaskCreated.class,
        event -> approvals.userTaskCreated(event.userTaskKey()));
    events.subscribe(HistoryEvent.UserTaskCreated.class, event -> notices.wake());
    events.subscribe(HistoryEvent.UserTaskChanged.class, event -> notices.wake());
    events.subscribe(
        HistoryEvent.UserTaskEnded.class, event -> approvals.userTaskEnded(event.userTaskKey()));
    events.subscribe(WorkflowDeployed.class, event -> plugins.reconcile());
    events.subscribe(WorkflowPinned.class, event -> plugins.reconcile());
    events.subscribe(
        HistoryEvent.RunEnded.class, event -> dispatcher.cancelled(event.processInstanceKey()));
    events.subscribe(
        HistoryEvent.RunEnded.class,
        event -> Optional.ofNullable(event.runId()).ifPresent(changes::runEnded));
  }

  /** The plugin host is made first and asks later. */
  private DeployedSteps deployed() {
    return new DeployedSteps() {
      @Override
      public Map<String, Set<String>> workflowsByStepType() {
        return workflows.workflowsByStepType();
      }

      @Override
      public List<WorkflowPin> pins() {
        return workflows.pins();
      }
    };
  }

  private RunParts parts(Database database) {
    return new RunParts() {
      @Override
      public List<?> approvals(Collection<Long> processInstanceKeys) {
        return approvals.ofRun(processInstanceKeys);
      }

      @Override
      public List<?> changeSets(Collection<UUID> runIds) {
        return runIds.stream()
            .flatMap(run -> changes.sets().ofRun(database.jooq(), run).stream())
            .map(changes.views()::summary)
            .toList();
      }
    };
  }

  private static StepsSettings settings(Settings settings) {
    return StepsSettings.defaults()
        .withConcurrency(settings.stepConcurrency(), settings.cpuThreads());
  }
}
