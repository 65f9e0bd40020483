package dev.segue.server.steps;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.Feel;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.connections.ConnectionTraffic;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.PluginData;
import dev.segue.server.plugins.ArchiveLimits;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginMigrations;
import dev.segue.server.plugins.PluginsSettings;
import dev.segue.server.plugins.RecorderZip;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.steps.RunContexts.Lookup;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.PluginRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A server's part for steps, with the recorder plugin, over a given engine and database. */
final class StepsFixture implements AutoCloseable {

  /** Short times, so that tests needn't wait. */
  static final StepsSettings QUICK =
      new StepsSettings(
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          64,
          2,
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          1_000);

  /** After how long the loader of an unloaded plugin has to be gone. */
  static final Duration UNLOAD_PATIENCE = Duration.ofSeconds(2);

  final UUID serverId = UUID.randomUUID();
  final Path folder;
  final PluginHost plugins;
  final Connections connections;
  final Map<Long, RunMode> modes = new ConcurrentHashMap<>();
  volatile Function<Long, Lookup> runs = this::known;
  final StepDispatcher dispatcher;
  private final PluginCalls calls = new PluginCalls(Duration.ofSeconds(2));
  private final PluginData data;
  final ConnectionTraffic traffic;
  final StepContexts contexts;

  StepsFixture(Path folder, Engine engine, Database database, StepsSettings settings) {
    this(folder, engine, database, settings, Containment.defaults());
  }

  StepsFixture(
      Path folder,
      Engine engine,
      Database database,
      StepsSettings settings,
      Containment containment) {
    try {
      this.folder = folder;
      Files.createDirectories(folder.resolve("plugins"));
      PluginRoles roles = new PluginRoles(database);
      PluginsSettings pluginsSettings =
          new PluginsSettings(
              folder.resolve("plugins"),
              folder.resolve("none"),
              folder.resolve("work"),
              ArchiveLimits.DEFAULTS,
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              UNLOAD_PATIENCE);
      this.plugins =
          PluginHost.of(pluginsSettings, database, new PluginMigrations(roles), Map::of, calls);
      SecretStore secrets = new SecretStore(SecretKeyFile.openOrCreate(folder));
      this.connections = new Connections(database, secrets, plugins.connectionTypes());
      this.data = new PluginData(roles);
      this.traffic = new ConnectionTraffic(database, Clock.systemUTC());
      this.contexts =
          new StepContexts(
              connections,
              data,
              new ArtifactStore(database, folder.resolve("spool")),
              (run, element, fraction, text) -> {},
              traffic,
              Clock.systemUTC());
      this.dispatcher =
          new StepDispatcher(
              settings,
              containment,
              serverId,
              new StepDispatcher.Collaborators(
                  engine,
                  plugins,
                  database,
                  query -> runs.apply(query.processInstanceKey()),
                  new StepInvoker(calls, Clock.systemUTC()),
                  contexts,
                  new Feel(),
                  StepMetrics.none()),
              Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installs the recorder, and takes jobs. */
  StepsFixture start() {
    RecorderZip.build("1.0.0", folder.resolve("plugins/recorder.zip"));
    plugins.start();
    dispatcher.start();
    return this;
  }

  private Lookup known(long processInstanceKey) {
    return new Lookup.Known(
        new RunContext(
            "run-" + processInstanceKey,
            processInstanceKey,
            "test",
            modes.getOrDefault(processInstanceKey, RunMode.LIVE),
            Optional.empty(),
            Optional.empty()));
  }

  /** The lines that the recorder wrote: one per effect. */
  static List<String> effects(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    dispatcher.close();
    plugins.close();
    contexts.close();
    traffic.close();
    data.close();
    calls.close();
  }
}
