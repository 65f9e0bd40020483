package dev.segue.server.bench;

import dev.segue.bpmn.model.Feel;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.connections.ConnectionTraffic;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.BusinessData;
import dev.segue.server.data.PluginData;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.http.Metrics;
import dev.segue.server.people.Audit;
import dev.segue.server.plugins.DeployedSteps;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginMigrations;
import dev.segue.server.plugins.PluginRefusedException;
import dev.segue.server.plugins.PluginsSettings;
import dev.segue.server.runs.RunMode;
import dev.segue.server.runs.Runs;
import dev.segue.server.runs.StartRequest;
import dev.segue.server.runs.history.HistoryEvent;
import dev.segue.server.runs.history.Projector;
import dev.segue.server.runs.history.ProjectorSettings;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.steps.StepContexts;
import dev.segue.server.steps.StepDispatcher;
import dev.segue.server.steps.StepsSettings;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.workflows.WorkflowPackage;
import dev.segue.server.workflows.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The parts of a server by which a run is started, worked on and projected. */
final class SegueParts implements AutoCloseable {

  private static final String STARTED_BY = "bench";

  private final Metrics metrics = new Metrics();
  private final EventBus events = new EventBus();
  private final PluginCalls calls = new PluginCalls();
  private final Outbox outbox;
  private final Projector projector;
  private final PluginHost plugins;
  private final PluginData pluginData;
  private final ConnectionTraffic traffic;
  private final StepContexts contexts;
  private final StepDispatcher dispatcher;
  private final Workflows workflows;
  private final Runs runs;

  /**
   * Wires the parts; nothing happens before {@link #start}.
   *
   * @param home the server's folder
   * @param recorder the zip of the plugin whose steps are run
   */
  SegueParts(Stack stack, StepsSettings settings, Path home, Path recorder) throws IOException {
    Database database = stack.database();
    Clock clock = Clock.systemUTC();
    UUID serverId = UUID.randomUUID();
    Audit audit = new Audit(database);
    BusinessData data = new BusinessData(database, audit);
    Feel feel = new Feel();
    outbox = new Outbox(database, serverId, metrics.registry());
    projector =
        new Projector(
            new Projector.Surroundings(database, events, outbox, metrics.registry()),
            ProjectorSettings.DEFAULT,
            clock);
    PluginsSettings folders = PluginsSettings.of(home, home.resolve("distribution"));
    Files.createDirectories(folders.homeFolder());
    Files.copy(recorder, folders.homeFolder().resolve("recorder.zip"));
    PluginRoles roles = new PluginRoles(database);
    AtomicReference<DeployedSteps> deployed = new AtomicReference<>(Map::of);
    plugins =
        PluginHost.of(
            folders,
            database,
            new PluginMigrations(roles),
            () -> deployed.get().workflowsByStepType(),
            calls);
    Connections connections =
        new Connections(
            database, new SecretStore(SecretKeyFile.openOrCreate(home)), plugins.connectionTypes());
    pluginData = new PluginData(roles);
    traffic = new ConnectionTraffic(database, clock);
    contexts =
        new StepContexts(
            connections,
            pluginData,
            new ArtifactStore(database, home.resolve("spool")),
            (run, element, fraction, text) -> {},
            traffic,
            clock);
    runs =
        new Runs(
            new Runs.Ground(database, stack.engine(), outbox, events, audit),
            new Runs.Neighbours(
                Workflows.lookup(database),
                site -> false,
                new NoParts(),
                (tx, jobKey, happened, result, by) -> {}));
    dispatcher =
        new StepDispatcher(
            settings,
            serverId,
            new StepDispatcher.Collaborators(
                stack.engine(),
                plugins,
                database,
                runs.contexts(data::site),
                new StepInvoker(calls, clock),
                contexts,
                feel,
                new MeteredSteps(metrics.registry())),
            Map.of());
    workflows =
        new Workflows(
            new Workflows.Ground(database, stack.engine(), events, audit, feel),
            type -> plugins.steps().pluginVersion(type).isPresent());
    deployed.set(workflows::workflowsByStepType);
    events.subscribe(
        HistoryEvent.RunEnded.class, event -> dispatcher.cancelled(event.processInstanceKey()));
  }

  /** Serves the step types, and deploys the workloads that use them. */
  void start() {
    outbox.start();
    projector.start();
    plugins.start();
    dispatcher.start();
    workflows.start();
    for (Workload workload : new Workload[] {Workload.NONE, Workload.WRITE}) {
      workflows
          .deployer()
          .deploy(
              WorkflowPackage.files(Map.of(workload.processId() + ".bpmn", workload.diagram())),
              STARTED_BY);
    }
  }

  /** Starts a run as a trigger would; returns when the start is committed. */
  void startRun(Workload workload) {
    runs.starter()
        .start(
            new StartRequest(
                UUID.randomUUID(),
                workload.processId(),
                null,
                RunMode.LIVE,
                null,
                null,
                null,
                Json.object().put("value", "bench"),
                STARTED_BY,
                "webhook"));
  }

  /** Installs a plugin version, as an administrator would. */
  void install(Path zip) throws PluginRefusedException, IOException {
    plugins.install(zip, STARTED_BY);
  }

  @Override
  public void close() {
    dispatcher.close();
    plugins.close();
    projector.close();
    outbox.close();
    events.close();
    contexts.close();
    traffic.close();
    pluginData.close();
    calls.close();
    metrics.close();
  }
}
