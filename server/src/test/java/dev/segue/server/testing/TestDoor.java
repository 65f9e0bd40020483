package dev.segue.server.testing;

import dev.segue.server.data.BusinessData;
import dev.segue.server.data.metrics.MetricLimits;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.events.AfterCommit;
import dev.segue.server.http.ApiServer;
import dev.segue.server.http.ApiServerSettings;
import dev.segue.server.http.Contract;
import dev.segue.server.http.Metrics;
import dev.segue.server.http.Operation;
import dev.segue.server.http.ui.UiFiles;
import dev.segue.server.people.People;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/** The HTTP door with people and business data behind it, on a database of its own. */
public final class TestDoor implements AutoCloseable {

  private final DatabaseAddress address = TestPostgres.shared().migrated();
  private final Database database =
      Database.open(address, DatabaseSettings.defaults(), AfterCommit.provider());
  private final HandTurnedClock clock = new HandTurnedClock();
  private final People people = new People(database, clock, false);
  private final Metrics metrics = new Metrics();
  private final ApiServer server;
  private final AtomicReference<String> adminPassword = new AtomicReference<>();

  /** Opens it. */
  public static TestDoor open() {
    return open((database, people) -> List.of());
  }

  /** Opens it with further operations. */
  public static TestDoor open(BiFunction<Database, People, List<Operation>> more) {
    return new TestDoor(more);
  }

  private TestDoor(BiFunction<Database, People, List<Operation>> more) {
    people.ensureAdministrator(first -> adminPassword.set(first.password()));
    List<Operation> operations = new ArrayList<>(people.operations());
    operations.addAll(new BusinessData(database, people.audit()).operations());
    operations.addAll(
        new MetricStore(database, MetricLimits.defaults(), InstantSource.system()).operations());
    operations.addAll(more.apply(database, people));
    try {
      server =
          ApiServer.start(
              new ApiServerSettings("127.0.0.1", 0),
              new ApiServer.Parts(
                  Contract.load(),
                  operations,
                  people.authenticator(),
                  people.idempotency(),
                  fault -> Optional.empty(),
                  () -> true,
                  metrics,
                  UiFiles.of("ui")));
    } catch (ApiServer.PortTakenException e) {
      throw new IllegalStateException(e);
    }
  }

  public Database database() {
    return database;
  }

  /** The same database, for the superuser. */
  public DatabaseAddress superuser() {
    return TestPostgres.shared().superuser(address);
  }

  public People people() {
    return people;
  }

  /** Puts the door's clock forward. */
  public void sleep(Duration duration) {
    clock.forward(duration);
  }

  /** What the door's clock says. */
  public Instant now() {
    return clock.instant();
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Somebody who isn't signed in. */
  public ApiClient anybody() {
    return new ApiClient(url());
  }

  public String adminPassword() {
    return adminPassword.get();
  }

  /** The first administrator, signed in. */
  public ApiClient admin() {
    return anybody().signIn("admin", adminPassword());
  }

  @Override
  public void close() throws Exception {
    server.close();
    metrics.close();
    database.close();
    TestPostgres.shared().drop(address);
  }

  /** Goes on like the system's clock, and can be put forward. */
  private static final class HandTurnedClock extends Clock {

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource system = InstantSource.system();

    void forward(Duration duration) {
      offset.updateAndGet(before -> before.plus(duration));
    }

    @Override
    public Instant instant() {
      return system.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nothing here asks for a zone");
    }
  }
}
