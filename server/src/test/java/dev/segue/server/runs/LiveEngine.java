package dev.segue.server.runs;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Secret;
import dev.segue.bpmn.engine.broker.BrokerExporter;
import dev.segue.bpmn.engine.broker.BrokerListener;
import dev.segue.bpmn.engine.broker.BrokerSettings;
import dev.segue.bpmn.engine.broker.EmbeddedBroker;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import dev.segue.server.events.AfterCommit;
import dev.segue.server.runs.history.EngineIdentity;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Roles;
import dev.segue.server.storage.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A real broker whose exporter writes into a real database. */
final class LiveEngine implements AutoCloseable {

  private final Path folder;
  private final DatabaseAddress address = TestPostgres.shared().migrated();
  private final Database database =
      Database.open(address, DatabaseSettings.defaults(), AfterCommit.provider());
  private EmbeddedBroker broker;
  private ZeebeEngine engine;

  LiveEngine(Path folder) throws Exception {
    this.folder = folder;
    start("zeebe");
  }

  Database database() {
    return database;
  }

  Engine engine() {
    return engine;
  }

  EmbeddedBroker broker() {
    return broker;
  }

  /** Puts an empty engine in the place of the one that is there. */
  void replaceByEmptyOne() throws Exception {
    stop();
    start("emptied");
  }

  private void start(String name) throws Exception {
    DatabaseAddress exporter = new Roles(database).exporter();
    BrokerExporter history =
        new BrokerExporter(
            "history",
            "dev.segue.bpmn.exporter.HistoryExporter",
            Path.of(System.getProperty("segue.exporter.jar")),
            Map.of(
                "url", exporter.url(),
                "user", exporter.user(),
                "engineId", EngineIdentity.ensure(database.jooq()).toString()),
            Map.of("password", Secret.of(exporter.password())));
    broker =
        EmbeddedBroker.start(
            BrokerSettings.of(Path.of(System.getProperty("segue.zeebe.home")), folder.resolve(name))
                .withQuickStart()
                .withExporter(history),
            BrokerListener.NONE);
    engine =
        ZeebeEngine.connect(
            broker.engineSettings().withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60)));
  }

  private void stop() {
    if (engine != null) {
      engine.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Override
  public void close() {
    stop();
    database.close();
    TestPostgres.shared().drop(address);
  }
}
