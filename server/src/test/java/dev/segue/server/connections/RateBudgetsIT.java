package dev.segue.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The budgets of two servers on one database. */
class RateBudgetsIT {

  private static final double RATE = 60;
  private static final Duration SPAN = Duration.ofSeconds(4);

  private final AtomicInteger roundTrips = new AtomicInteger();
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void twoServersTogetherKeepTheRateOverAnySpan() throws Exception {
    List<RateBudgets> servers = List.of(server(), server());
    Queue<Long> sent = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + SPAN.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (RateBudgets server : servers) {
        for (int worker = 0; worker < 6; worker++) {
          threads.submit(
              () -> {
                while (System.nanoTime() < end) {
                  server.await("square-main", RATE);
                  sent.add(System.nanoTime());
                }
                return null;
              });
        }
      }
    }

    List<Long> times = sent.stream().sorted().toList();
    double seconds = (times.getLast() - times.getFirst()) / 1e9;
    assertThat((double) times.size()).as("the rate is used").isGreaterThan(0.6 * RATE * seconds);
    assertNeverOver(times);
    assertThat(roundTrips.get()).as("several requests per round trip").isLessThan(times.size() / 3);
  }

  @Test
  void anotherServerTakesOverWhatADeadOneHeld() throws Exception {
    RateBudgets dead = server();
    for (int i = 0; i < 40; i++) {
      dead.await("square-main", RATE);
    }
    RateBudgets alive = server();
    long start = System.nanoTime();
    for (int i = 0; i < 60; i++) {
      alive.await("square-main", RATE);
    }
    // A second's worth; what the dead server had reserved ahead is a quarter of a second at most.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aSlowRateIsKeptAndConnectionsDoNotWaitForEachOther() throws Exception {
    RateBudgets server = server();
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      server.await("slow", 2);
    }
    // The first comes at once, and one may have been saved.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    start = System.nanoTime();
    server.await("other", 2);
    server.await("unlimited", 0);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private static void assertNeverOver(List<Long> times) {
    // Beside the stated burst, room for threads that were held up after they were let through.
    double burst = RATE + 1 + RATE * 0.3;
    List<String> over = new ArrayList<>();
    for (int first = 0; first < times.size(); first++) {
      for (int last = first; last < times.size(); last++) {
        double span = (times.get(last) - times.get(first)) / 1e9;
        if (last - first + 1 > RATE * span + burst) {
          over.add("%d in %.3f s".formatted(last - first + 1, span));
        }
      }
    }
    assertThat(over).isEmpty();
  }

  private RateBudgets server() {
    RateSlots slots = new PgRateSlots(database);
    return new RateBudgets(
        (connection, perSecond, wanted) -> {
          roundTrips.incrementAndGet();
          return slots.reserve(connection, perSecond, wanted);
        });
  }
}
