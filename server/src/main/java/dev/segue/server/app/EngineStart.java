package dev.segue.server.app;

import dev.segue.bpmn.engine.Secret;
import dev.segue.bpmn.engine.broker.BrokerException;
import dev.segue.bpmn.engine.broker.BrokerExporter;
import dev.segue.bpmn.engine.broker.BrokerListener;
import dev.segue.bpmn.engine.broker.BrokerSettings;
import dev.segue.bpmn.engine.broker.EmbeddedBroker;
import dev.segue.bpmn.engine.zeebe.EngineSettings;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import dev.segue.server.app.Settings.EngineChoice;
import dev.segue.server.runs.history.EngineIdentity;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.Roles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the process engine, if it is ours to start, and connects to it. */
final class EngineStart {

  private static final Logger LOG = LoggerFactory.getLogger(EngineStart.class);
  private static final String EXPORTER_CLASS = "dev.segue.bpmn.exporter.HistoryExporter";
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);
  private static final String FOLDER = "zeebe";

  private final Home home;
  private final Distribution distribution;
  private final Database database;
  private final Running running;
  private final Progress progress;

  EngineStart(
      Home home, Distribution distribution, Database database, Running running, Progress progress) {
    this.home = home;
    this.distribution = distribution;
    this.database = database;
    this.running = running;
    this.progress = progress;
  }

  ZeebeEngine connect(EngineChoice choice) throws StartException, InterruptedException {
    EngineSettings settings =
        switch (choice) {
          case EngineChoice.Embedded embedded -> startBroker(embedded).engineSettings();
          case EngineChoice.External(EngineSettings external) -> external;
        };
    return running.add("the connection to the engine", ZeebeEngine.connect(settings));
  }

  private EmbeddedBroker startBroker(EngineChoice.Embedded choice)
      throws StartException, InterruptedException {
    progress.step("starting the process engine");
    Path folder = home.resolve(FOLDER);
    Path zeebe = distribution.zeebe();
    BrokerSettings settings =
        new BrokerSettings(
            zeebe,
            folder,
            choice.openGateway() ? BrokerSettings.OPEN_GATEWAY_PORT : 0,
            choice.partitions(),
            choice.heapMegabytes(),
            exporter(),
            EngineCache.file(home, zeebe),
            false,
            READY_LIMIT,
            Map.of());
    BrokerListener listener = (state, detail) -> LOG.info("Engine {}: {}", state, detail);
    try {
      return running.add("the process engine", EmbeddedBroker.start(settings, listener));
    } catch (BrokerException e) {
      throw new StartException(
          "The process engine could not start: %s.".formatted(e.getMessage()), e);
    }
  }

  private BrokerExporter exporter() throws StartException {
    DatabaseAddress address = new Roles(database).exporter();
    return new BrokerExporter(
        "history",
        EXPORTER_CLASS,
        distribution.exporter(),
        Map.of(
            "url", address.url(),
            "user", address.user(),
            "engineId", EngineIdentity.ensure(database.jooq()).toString()),
        Map.of("password", Secret.of(address.password())));
  }
}
