package dev.segue.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.server.storage.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestPostgres postgres = TestPostgres.shared();
  private DatabaseAddress address;
  private Database database;

  @BeforeEach
  void open() {
    address = postgres.migrated();
    database = Database.open(address, settings(Duration.ofSeconds(30)));
    database.jooq().execute("create table segue.note (id int primary key, text text)");
  }

  @AfterEach
  void close() {
    database.close();
    postgres.drop(address);
  }

  @Test
  void commitsWhatReturnsAndRollsBackWhatThrows() {
    int inserted = database.transaction(context -> insert(context, 1));
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    context -> {
                      insert(context, 2);
                      throw new IllegalStateException("stop");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stop");

    assertThat(inserted).isEqualTo(1);
    assertThat(ids()).containsExactly(1);
  }

  @Test
  void endsStatementsThatTakeTooLongUnlessTheirTransactionMay() {
    Duration shorter = Duration.ofMillis(300);
    try (Database hasty = Database.open(address, settings(shorter))) {
      assertThatThrownBy(() -> hasty.jooq().execute("select pg_sleep(5)"))
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("statement timeout");

      String allowed =
          hasty.transaction(
              Duration.ofSeconds(20),
              context -> {
                context.execute("select pg_sleep(0.6)");
                return context.fetchSingle("show statement_timeout").get(0, String.class);
              });

      assertThat(allowed).isEqualTo("20s");
      assertThat(hasty.jooq().fetchSingle("show statement_timeout").get(0)).isEqualTo("300ms");
    }
  }

  @Test
  void hearsNotificationsAndConnectsAgainAfterALoss() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicInteger connections = new AtomicInteger();
    NotificationListener listener =
        new NotificationListener() {
          @Override
          public void notified(String payload) {
            heard.add(payload);
          }

          @Override
          public void connected() {
            connections.incrementAndGet();
          }
        };
    try (AutoCloseable listening = database.listen("news", listener)) {
      assertThat(listening).isNotNull();
      await().atMost(PATIENCE).until(() -> connections.get() == 1);
      database.jooq().execute("select pg_notify('news', 'one')");
      await().atMost(PATIENCE).until(() -> heard.contains("one"));

      endSessions("segue-notifications");
      await().atMost(PATIENCE).until(() -> connections.get() == 2);
      database.jooq().execute("select pg_notify('news', 'two')");
      await().atMost(PATIENCE).until(() -> heard.contains("two"));
    }
  }

  @Test
  void refusesChannelNamesThatAreNotNames() {
    assertThatThrownBy(() -> database.listen("x; drop table y", payload -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void electsOneServerAndAnotherAfterItsLoss() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    try (Leadership one = database.lead("projector", first)) {
      await().atMost(PATIENCE).until(one::isLeader);
      try (Leadership two = database.lead("projector", second)) {
        try (Leadership other = database.lead("sweeper", new Recorder())) {
          await().atMost(PATIENCE).until(other::isLeader);
        }
        assertThat(two.isLeader()).isFalse();

        one.close();
        await().atMost(PATIENCE).until(two::isLeader);
        assertThat(first.calls).containsExactly("start", "stop");

        endSessions("segue-leader-projector");
        await().atMost(PATIENCE).until(() -> second.calls.size() == 3);
        assertThat(second.calls).containsExactly("start", "stop", "start");
      }
    }
    assertThat(second.calls).containsExactly("start", "stop", "start", "stop");
  }

  @Test
  void saysWhichSettingIsWrong() {
    DatabaseSettings settings = DatabaseSettings.defaults();
    assertThatThrownBy(() -> Database.open(address.as(address.user(), "guess"), settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("refuses the user segue or its password");
    DatabaseAddress elsewhere =
        new DatabaseAddress(
            address.url().replaceAll("/[^/]*$", "/nowhere"), address.user(), address.password());
    assertThatThrownBy(() -> Database.open(elsewhere, settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no such database");
    DatabaseAddress closed = DatabaseAddress.local(1, "segue", "segue", "x");
    assertThatThrownBy(() -> Database.open(closed, settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void saysWhichRightIsMissing() {
    DatabaseAddress plain = postgres.superuser(address);
    try (Database admin = Database.open(plain, DatabaseSettings.defaults())) {
      admin.jooq().execute("drop role if exists visitor");
      admin.jooq().execute("create role visitor login password 'visitor'");
    }
    DatabaseAddress empty = postgres.empty();

    assertThatThrownBy(
            () -> Database.open(empty.as("visitor", "visitor"), DatabaseSettings.defaults()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("GRANT CREATE ON DATABASE");
    postgres.drop(empty);
  }

  private int insert(DSLContext context, int id) {
    return context.execute("insert into segue.note values (?, 'x')", id);
  }

  private List<Integer> ids() {
    return database.jooq().fetch("select id from segue.note").getValues(0, Integer.class);
  }

  private void endSessions(String applicationName) {
    try (Database admin =
        Database.open(postgres.superuser(address), settings(Duration.ofSeconds(30)))) {
      admin
          .jooq()
          .fetch(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where application_name = ? and datname = current_database()",
              applicationName);
    }
  }

  private static DatabaseSettings settings(Duration statementTimeout) {
    return new DatabaseSettings(4, Duration.ofSeconds(20), statementTimeout, Duration.ofSeconds(5));
  }

  private static final class Recorder implements Leadership.Duty {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void start() {
      calls.add("start");
    }

    @Override
    public void stop() {
      calls.add("stop");
    }
  }
}
