package dev.segue.server.connections;

import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the requests of connections within their rates, over all servers, and counts how the calls
 * that use them go. What is counted reaches the database within two seconds. Thread-safe.
 */
public final class ConnectionTraffic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionTraffic.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration WHILE_AWAY = Duration.ofMillis(500);
  private static final int LONGEST_REASON = 500;

  private final Database database;
  private final InstantSource clock;
  private final RateBudgets budgets;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("segue-connection-traffic").factory());
  private Map<Key, Traffic> counted = new HashMap<>();

  private record Key(String connection, Instant minute) {}

  /** Begins to count. */
  public ConnectionTraffic(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.budgets = new RateBudgets(new PgRateSlots(database));
    timer.scheduleWithFixedDelay(
        this::store, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Waits until the connection may send one more request. While the database is away, nothing is
   * sent.
   *
   * @param requestsPerSecond its rate over all servers; no limit if it isn't positive
   * @param deadline when to give up
   * @return false if the deadline came first
   */
  public boolean admit(String connection, double requestsPerSecond, Instant deadline)
      throws InterruptedException {
    while (clock.instant().isBefore(deadline)) {
      try {
        budgets.await(connection, requestsPerSecond);
        count(List.of(connection), Traffic.ofRequest());
        return true;
      } catch (DataAccessException e) {
        LOG.debug("The rate of {} can't be asked: {}", connection, e.getMessage());
        TimeUnit.MILLISECONDS.sleep(WHILE_AWAY.toMillis());
      }
    }
    return false;
  }

  /** A call with these connections did what it should. */
  public void succeeded(Collection<String> connections) {
    count(connections, Traffic.ofSuccess(clock.instant()));
  }

  /**
   * A call with these connections failed.
   *
   * @param why without secrets
   */
  public void failed(Collection<String> connections, String why) {
    String reason = why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON) + "…";
    count(connections, Traffic.ofFailure(clock.instant(), reason));
  }

  /** Tells how a connection has fared, as far as it is stored. */
  public TrafficView of(String connection) {
    return TrafficRows.read(database.jooq(), connection, clock.instant());
  }

  private synchronized void count(Collection<String> connections, Traffic traffic) {
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    connections.forEach(name -> counted.merge(new Key(name, minute), traffic, Traffic::plus));
  }

  private synchronized Map<Key, Traffic> take() {
    Map<Key, Traffic> taken = counted;
    counted = new HashMap<>();
    return taken;
  }

  private synchronized void putBack(Map<Key, Traffic> taken) {
    taken.forEach((key, traffic) -> counted.merge(key, traffic, (now, old) -> old.plus(now)));
  }

  private void store() {
    Map<Key, Traffic> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      database.inTransaction(
          tx -> {
            // In one order on all servers, so that none waits for another in a circle.
            taken.entrySet().stream()
                .sorted(
                    Map.Entry.comparingByKey(
                        Comparator.comparing(Key::connection).thenComparing(Key::minute)))
                .forEach(
                    entry ->
                        TrafficRows.add(
                            tx,
                            entry.getKey().connection(),
                            entry.getKey().minute(),
                            entry.getValue()));
            TrafficRows.expire(tx, clock.instant());
          });
    } catch (RuntimeException e) {
      LOG.debug("What connections did is stored later: {}", e.getMessage());
      putBack(taken);
    }
  }

  /** Stores what is counted. */
  @Override
  public void close() {
    timer.shutdown();
    store();
  }
}
