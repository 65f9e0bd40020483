package dev.segue.bpmn.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Roles;
import dev.segue.server.storage.testing.TestPostgres;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryExporterIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final DatabaseAddress address = TestPostgres.shared().migrated();
  private final Database database = Database.open(address, DatabaseSettings.defaults());
  private final DatabaseAddress role = new Roles(database).exporter();
  private final UUID engine = UUID.randomUUID();
  private final List<FakeBroker> brokers = new ArrayList<>();

  @AfterEach
  void close() {
    brokers.forEach(FakeBroker::stop);
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void writesWhatADeliveryRepeatsOnlyOnce() {
    FakeBroker before = broker();
    deliver(before, 1, 50);
    awaitPosition(50);
    before.stop();

    FakeBroker after = broker();
    deliver(after, 1, 80);

    awaitPosition(80);
    await().atMost(SOON).until(() -> after.acknowledged() == 80);
    assertThat(count("history.record")).isEqualTo(80);
    assertThat(
            count(
                "history.record where body ->> 'element' = 'bake' and value_type = 'PROCESS_INSTANCE'"))
        .isEqualTo(80);
  }

  @Test
  void writesOnceThoughItDiedBetweenCommitAndAcknowledgement() {
    FakeBroker first = broker();
    deliver(first, 1, 20);
    awaitPosition(20);
    // The broker never heard of it, so it delivers from the beginning, in other portions.
    FakeBroker second = broker();
    deliver(second, 1, 7);
    deliver(second, 8, 30);

    awaitPosition(30);
    assertThat(count("history.record")).isEqualTo(30);
  }

  @Test
  void catchesUpAfterTheDatabaseWasAway() throws Exception {
    FakeBroker broker = broker();
    deliver(broker, 1, 5);
    awaitPosition(5);

    try (Connection connection = haltHistory()) {
      deliver(broker, 6, 500);
      assertThat(broker.acknowledged()).isEqualTo(5);
      cutOffTheExporter();
      connection.commit();
    }
    deliver(broker, 501, 5000);

    awaitPosition(5000);
    assertThat(count("history.record")).isEqualTo(5000);
  }

  @Test
  void holdsTheBrokerBackWhenTheDatabaseStaysAway() throws Exception {
    FakeBroker broker = broker();
    try (Connection connection = haltHistory()) {
      long position = 1;
      while (broker.takes(Records.variable(position, "note", "\"" + "x".repeat(20_000) + "\""))) {
        position++;
      }
      assertThat(position).isGreaterThan(2);
      connection.rollback();
    }
    long last = count("history.record");
    await().atMost(SOON).until(() -> count("history.record") > last);
  }

  @Test
  void refusesTheRecordsOfAnotherEngine() {
    FakeBroker broker = broker();
    deliver(broker, 1, 10);
    awaitPosition(10);
    broker.stop();

    FakeBroker emptied = broker();
    for (long position = 1; position <= 20; position++) {
      emptied.deliver(
          Records.record(
              position,
              Records.NOON + Duration.ofDays(1).toMillis() + position,
              RecordType.EVENT,
              ValueType.JOB,
              JobIntent.CREATED,
              Records.job(position, JobIntent.CREATED).getValue()));
    }

    await()
        .atMost(SOON)
        .until(() -> count("history.exporter_position where conflict like '%emptied%'") == 1);
    assertThat(count("history.record")).isEqualTo(10);
    assertThat(emptied.acknowledged()).isEqualTo(-1);
  }

  @Test
  void goesOnAfterARecordThatTheDatabaseCannotStore() {
    FakeBroker broker = broker();
    deliver(broker, 1, 2);
    broker.deliver(Records.variable(3, "huge", "1e999999"));
    broker.deliver(Records.variable(4, "nul", "\"a\\u0000b\""));
    deliver(broker, 5, 6);

    awaitPosition(6);
    assertThat(count("history.record")).isEqualTo(6);
    assertThat(count("history.record where body ? 'unreadable'")).isEqualTo(1);
  }

  private FakeBroker broker() {
    FakeBroker broker =
        new FakeBroker(
            Map.of(
                "url", role.url(),
                "user", role.user(),
                "password", role.password(),
                "engineId", engine.toString(),
                "lingerMs", 20,
                "bufferKb", 256));
    brokers.add(broker);
    return broker;
  }

  private static void deliver(FakeBroker broker, long from, long to) {
    for (long position = from; position <= to; position++) {
      broker.deliver(Records.element(position, ProcessInstanceIntent.ELEMENT_ACTIVATED));
    }
  }

  private void awaitPosition(long position) {
    await()
        .atMost(SOON)
        .until(() -> count("history.exporter_position where position = " + position) == 1);
  }

  private void cutOffTheExporter() throws Exception {
    DatabaseAddress superuser = TestPostgres.shared().superuser(address);
    try (Connection connection =
            DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'segue-exporter-1'");
    }
  }

  /** Holds the positions, so that nothing can be written. */
  private Connection haltHistory() throws Exception {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("lock table history.exporter_position in exclusive mode");
    }
    return connection;
  }

  private long count(String from) {
    return database
        .jooq()
        .fetchSingle("select count(*) from " + from.replace(" ? ", " ?? "))
        .get(0, Long.class);
  }
}
