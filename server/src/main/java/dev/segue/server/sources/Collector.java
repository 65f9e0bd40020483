package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.events.Alarms;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches what is due. A server takes a source by a lease, which it renews while it is at it; of a
 * server that dies the lease runs out, and another one fetches the same period again, which changes
 * nothing. Thread-safe.
 */
final class Collector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final int WORKERS = 3;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(15);

  /** What failed is tried again after this, or when it is due next if that is sooner. */
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Database database;
  private final SourceRows rows;
  private final Fetcher fetcher;
  private final InstantSource clock;
  private final Set<UUID> leases = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Collector(Database database, SourceRows rows, Fetcher fetcher, InstantSource clock) {
    this.database = database;
    this.rows = rows;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  synchronized void start() {
    for (int i = 0; i < WORKERS; i++) {
      threads.add(
          Thread.ofVirtual()
              .name("metric-sources-" + i)
              .start(() -> repeat(LOOK_EVERY, this::collectDue)));
    }
    threads.add(
        Thread.ofVirtual()
            .name("metric-sources-leases")
            .start(() -> repeat(RENEW_EVERY, this::renew)));
  }

  /** Interrupts what is being fetched; it is fetched again. */
  @Override
  public synchronized void close() {
    stopping.countDown();
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void repeat(Duration pause, Runnable work) {
    boolean failing = false;
    try {
      do {
        try {
          work.run();
          failing = false;
        } catch (RuntimeException e) {
          if (!failing && stopping.getCount() > 0) {
            LOG.warn("points can't be fetched; it is tried again", e);
          }
          failing = true;
        }
      } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    Instant until = clock.instant().plus(LEASE);
    leases.forEach(lease -> rows.renew(database.jooq(), lease, until));
  }

  /** Fetches all that is due by now and that no other server is at. */
  void collectDue() {
    while (stopping.getCount() > 0 && collectNext()) {
      LOG.debug("one source done, looking for the next");
    }
  }

  private boolean collectNext() {
    UUID lease = UUID.randomUUID();
    Instant now = clock.instant();
    Optional<Source> due = rows.claimDue(database.jooq(), lease, now, now.plus(LEASE));
    due.ifPresent(source -> held(lease, () -> fetch(source, lease, now)));
    return due.isPresent();
  }

  private ObjectNode held(UUID lease, Supplier<ObjectNode> work) {
    leases.add(lease);
    try {
      return work.get();
    } finally {
      leases.remove(lease);
    }
  }

  private ObjectNode fetch(Source source, UUID lease, Instant now) {
    Definition definition = Definition.read(source.definition());
    Period period = Periods.due(definition, source.collectedTo(), now);
    Fetched fetched =
        fetcher.fetch(definition, period, end -> rows.reach(database.jooq(), lease, end));
    Instant next = definition.timing().next(clock.instant());
    Instant retry = clock.instant().plus(RETRY);
    Instant due = fetched.error() == null || next.isBefore(retry) ? next : retry;
    ObjectNode last = fetched.shown(now, period);
    database.inTransaction(
        tx -> {
          if (rows.finish(tx, lease, due, last)) {
            tell(tx, source, fetched.error());
          }
        });
    return last;
  }

  /** What fails again and again is told once, and to operators too once it isn't just a hiccup. */
  private static void tell(DSLContext tx, Source source, @Nullable String error) {
    if (error == null) {
      Alarms.clear(tx, MetricSources.ALARM, source.id());
    } else if (source.last() == null || !source.last().has("error")) {
      LOG.warn("The metric source {} failed: {}", source.id(), error);
    } else {
      Alarms.raise(
          tx,
          MetricSources.ALARM,
          source.id(),
          "The metric source %s fails again and again, so what watches its metrics sees no data. Mend it (segue metrics sources show %s), or pause it. The last failure: %s"
              .formatted(source.id(), source.id(), error));
    }
  }

  /**
   * Fetches now.
   *
   * @param period which points; null for those that would be fetched when it is due
   * @return what became of it; empty if a server is at it already
   */
  Optional<ObjectNode> collect(String id, @Nullable Period period) {
    UUID lease = UUID.randomUUID();
    Instant now = clock.instant();
    return rows.claim(database.jooq(), id, lease, now, now.plus(LEASE))
        .map(
            source ->
                held(
                    lease,
                    () ->
                        period == null
                            ? fetch(source, lease, now)
                            : fetch(source, lease, now, period)));
  }

  /** By hand; what goes on from where the last collection ended needn't be fetched again. */
  private ObjectNode fetch(Source source, UUID lease, Instant now, Period period) {
    Instant collected = source.collectedTo();
    boolean goesOn = collected != null && !period.from().isAfter(collected);
    Fetched fetched =
        fetcher.fetch(
            Definition.read(source.definition()),
            period,
            end -> !goesOn || rows.reach(database.jooq(), lease, end));
    ObjectNode last = fetched.shown(now, period);
    rows.finish(database.jooq(), lease, null, last);
    return last;
  }
}
