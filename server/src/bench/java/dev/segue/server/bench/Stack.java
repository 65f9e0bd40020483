package dev.segue.server.bench;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Secret;
import dev.segue.bpmn.engine.broker.BrokerException;
import dev.segue.bpmn.engine.broker.BrokerExporter;
import dev.segue.bpmn.engine.broker.BrokerListener;
import dev.segue.bpmn.engine.broker.BrokerSettings;
import dev.segue.bpmn.engine.broker.EmbeddedBroker;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import dev.segue.server.events.AfterCommit;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Migrations;
import dev.segue.server.storage.Roles;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Database, broker with exporter, and the connection to both: what all workloads stand on. */
final class Stack {

  private static final String EXPORTER_CLASS = "dev.segue.bpmn.exporter.HistoryExporter";

  private final EmbeddedPostgres postgres;
  private final Database database;
  private final EmbeddedBroker broker;
  private final Engine engine;

  private Stack(
      EmbeddedPostgres postgres, Database database, EmbeddedBroker broker, Engine engine) {
    this.postgres = postgres;
    this.database = database;
    this.broker = broker;
    this.engine = engine;
  }

  /**
   * Starts all of it with the settings that a server has by default: durable, two partitions.
   *
   * @param home an empty folder
   * @param zeebe the unpacked distribution
   * @param exporter the exporter's jar
   * @param watch sees the jobs
   * @param cleanup closes all of it
   */
  static Stack start(
      Path home, Path zeebe, Path exporter, UnaryOperator<Engine> watch, Cleanup cleanup)
      throws BrokerException, InterruptedException {
    EmbeddedPostgres postgres =
        cleanup.add(EmbeddedPostgres.start(EmbeddedPostgresSettings.inHome(home)));
    DatabaseAddress owner = postgres.owner();
    Migrations.migrate(owner);
    Database database =
        cleanup.add(Database.open(owner, DatabaseSettings.defaults(), AfterCommit.provider()));
    BrokerSettings settings =
        BrokerSettings.of(zeebe, home.resolve("zeebe"))
            .withExporter(history(exporter, new Roles(database).exporter()));
    EmbeddedBroker broker = cleanup.add(EmbeddedBroker.start(settings, BrokerListener.NONE));
    Engine engine = cleanup.add(ZeebeEngine.connect(broker.engineSettings()));
    return new Stack(postgres, database, broker, watch.apply(engine));
  }

  private static BrokerExporter history(Path jar, DatabaseAddress writer) {
    return new BrokerExporter(
        "history",
        EXPORTER_CLASS,
        jar,
        Map.of(
            "url", writer.url(),
            "user", writer.user(),
            "engineId", UUID.randomUUID().toString()),
        Map.of("password", Secret.of(writer.password())));
  }

  Database database() {
    return database;
  }

  Engine engine() {
    return engine;
  }

  long brokerPid() {
    return broker.pid();
  }

  long databasePid() {
    return postgres.pid().orElseThrow();
  }

  /** The version of the server that the database runs on. */
  String databaseVersion() {
    return String.valueOf(database.jooq().fetchValue("show server_version"));
  }

  /** The database's settings on which durability depends. */
  String durability() {
    return "fsync=%s synchronous_commit=%s"
        .formatted(
            database.jooq().fetchValue("show fsync"),
            database.jooq().fetchValue("show synchronous_commit"));
  }

  /** Serves the bare workload: each job is completed at once, with a result like a step's. */
  void serveBare(JobSubscription like) {
    String result =
        """
        {"result":{"value":"bench","runId":"%s","now":"2026-01-01T00:00:00.000Z","simulated":false}}\
        """
            .formatted(UUID.randomUUID());
    engine.serve(like, job -> engine.completeAsync(job.key(), result));
  }
}
