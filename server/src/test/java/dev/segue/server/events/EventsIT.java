package dev.segue.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private DatabaseAddress address;
  private Database database;

  @BeforeEach
  void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults(), AfterCommit.provider());
  }

  @AfterEach
  void close() {
    database.close();
    TestPostgres.shared().drop(address);
  }

  private record Told(String what) {}

  @Test
  void anEventIsToldAfterTheCommitAndNeverAfterARollback() {
    try (EventBus bus = new EventBus()) {
      List<String> told = new CopyOnWriteArrayList<>();
      bus.subscribe(Told.class, event -> told.add(event.what()));
      bus.subscribe(
          Object.class,
          event -> {
            throw new IllegalStateException("a subscriber's fault is its own");
          });
      database.inTransaction(
          tx -> {
            bus.publish(tx, new Told("outer"));
            tx.transaction(nested -> bus.publish(nested.dsl(), new Told("inner")));
            assertThat(told).isEmpty();
          });
      await().atMost(SOON).until(() -> Set.copyOf(told).equals(Set.of("outer", "inner")));
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      tx -> {
                        bus.publish(tx, new Told("never"));
                        throw new IllegalStateException("roll back");
                      }))
          .isInstanceOf(IllegalStateException.class);
      bus.publish(new Told("last"));
      await().atMost(SOON).until(() -> told.contains("last"));
      assertThat(told).doesNotContain("never");
      assertThatThrownBy(() -> bus.publish(database.jooq(), new Told("outside")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatIsEnqueuedIsDoneAfterTheCommitAndOnlyThen() {
    try (Outbox outbox = outbox()) {
      List<String> done = new CopyOnWriteArrayList<>();
      outbox.register(
          "greet",
          entry -> {
            done.add(entry.ref() + entry.payload().path("name").asString());
            return OutboxHandler.done();
          });
      database.inTransaction(
          tx -> {
            outbox.enqueue(tx, "greet", "1", Json.object().put("name", "ada"));
            assertThat(done).isEmpty();
          });
      await().atMost(SOON).until(() -> done.equals(List.of("1ada")));
      await().atMost(SOON).until(() -> waiting() == 0);
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      tx -> {
                        outbox.enqueue(tx, "greet", "2", Json.object());
                        throw new IllegalStateException("roll back");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void aFailureIsRepeatedUntilItIsDone() {
    try (Outbox outbox = outbox()) {
      AtomicInteger attempts = new AtomicInteger();
      outbox.register(
          "stubborn",
          entry -> {
            attempts.incrementAndGet();
            return switch (entry.attempt()) {
              case 1 -> throw new IllegalStateException("the engine is away");
              case 2 -> OutboxHandler.again(Duration.ofMillis(50));
              default -> OutboxHandler.done();
            };
          });
      outbox.start();
      database.inTransaction(tx -> outbox.enqueue(tx, "stubborn", "1", Json.object()));
      await().atMost(SOON).until(() -> waiting() == 0);
      assertThat(attempts).hasValue(3);
    }
  }

  @Test
  void whatAStoppedServerLeftIsDoneByTheNextOneAtOnce() {
    CountDownLatch started = new CountDownLatch(1);
    try (Outbox first = outbox()) {
      first.register(
          "long",
          entry -> {
            started.countDown();
            new CountDownLatch(1).await();
            return OutboxHandler.done();
          });
      database.inTransaction(tx -> first.enqueue(tx, "long", "1", Json.object()));
      await().atMost(SOON).until(() -> started.getCount() == 0);
    }
    AtomicInteger attempt = new AtomicInteger();
    try (Outbox second = outbox()) {
      second.register(
          "long",
          entry -> {
            attempt.set(entry.attempt());
            return OutboxHandler.done();
          });
      second.start();
      await().atMost(Duration.ofSeconds(15)).until(() -> waiting() == 0);
      assertThat(attempt).hasValue(2);
    }
  }

  @Test
  void whatAKilledServerHadBegunIsDoneByAnotherWhenTheLeaseEnds() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger attempt = new AtomicInteger();
    try (Outbox killed = outbox();
        Outbox other = outbox()) {
      other.register(
          "long",
          entry -> {
            attempt.set(entry.attempt());
            return OutboxHandler.done();
          });
      killed.register("long", entry -> OutboxHandler.done());
      database.inTransaction(
          tx ->
              killed.enqueue(
                  tx,
                  List.of(
                      new Outbox.Promise(
                          "long",
                          "1",
                          Json.object(),
                          entry -> {
                            begun.countDown();
                            new CountDownLatch(1).await();
                            return OutboxHandler.done();
                          }))));
      await().atMost(SOON).until(() -> begun.getCount() == 0);
      other.start();
      await()
          .during(Duration.ofSeconds(2))
          .atMost(SOON)
          .untilAsserted(() -> assertThat(attempt).hasValue(0));
      database.jooq().execute("update segue.outbox set lease_until = now() - interval '1 second'");
      await().atMost(SOON).until(() -> waiting() == 0);
      assertThat(attempt).hasValue(2);
    }
  }

  @Test
  void whatIsKnownByHeartServesTheFirstAttemptAlone() {
    try (Outbox outbox = outbox()) {
      List<String> told = new CopyOnWriteArrayList<>();
      outbox.register(
          "greet",
          entry -> {
            told.add("handler " + entry.ref() + " " + entry.attempt());
            return OutboxHandler.done();
          });
      outbox.start();
      OutboxHandler byHeart =
          entry -> {
            told.add("by heart " + entry.ref() + " " + entry.attempt());
            return OutboxHandler.again(Duration.ofMillis(1));
          };
      database.inTransaction(
          tx ->
              outbox.enqueue(
                  tx,
                  List.of(
                      new Outbox.Promise("greet", "1", Json.object(), byHeart),
                      new Outbox.Promise("greet", "2", Json.object(), null))));
      await().atMost(SOON).until(() -> waiting() == 0);
      assertThat(told).containsExactlyInAnyOrder("by heart 1 1", "handler 1 2", "handler 2 1");
    }
  }

  @Test
  void severalServersShareTheWorkAndDoNothingTwice() {
    Set<String> done = ConcurrentHashMap.newKeySet();
    AtomicInteger times = new AtomicInteger();
    OutboxHandler handler =
        entry -> {
          done.add(entry.ref());
          times.incrementAndGet();
          return OutboxHandler.done();
        };
    try (Outbox one = outbox();
        Outbox two = outbox()) {
      one.register("share", handler);
      two.register("share", handler);
      one.start();
      two.start();
      for (int i = 0; i < 200; i++) {
        String ref = Integer.toString(i);
        database.inTransaction(tx -> one.enqueue(tx, "share", ref, Json.object()));
      }
      await().atMost(SOON).until(() -> waiting() == 0);
      assertThat(done).hasSize(200);
      assertThat(times).hasValue(200);
    }
  }

  private Outbox outbox() {
    return new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
  }

  private int waiting() {
    return database.jooq().fetchSingle("select count(*) from segue.outbox").get(0, Integer.class);
  }
}
