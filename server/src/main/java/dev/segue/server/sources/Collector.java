package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.data.metrics.MetricText;
import dev.segue.server.data.metrics.PointIntake;
import dev.segue.server.data.metrics.PointRules;
import dev.segue.server.events.Alarms;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
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

  /** After a longer time of errors or without a server, what is older is fetched by hand. */
  private static final Duration LONGEST_PERIOD = Duration.ofDays(31);

  private static final int REASONS_SHOWN = 10;

  private final Database database;
  private final MetricStore store;
  private final SourceRows rows;
  private final PointReaders readers;
  private final InstantSource clock;
  private final Set<UUID> leases = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Collector(
      Database database,
      MetricStore store,
      SourceRows rows,
      PointReaders readers,
      InstantSource clock) {
    this.database = database;
    this.store = store;
    this.rows = rows;
    this.readers = readers;
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
    Period period = due(definition, source.collectedTo(), now);
    Result result = fetch(definition, period);
    boolean good = result.error() == null;
    Instant next = definition.timing().next(clock.instant());
    Instant retry = clock.instant().plus(RETRY);
    ObjectNode last = told(now, period, result);
    Instant due = good || next.isBefore(retry) ? next : retry;
    database.inTransaction(
        tx -> {
          if (rows.finish(tx, lease, due, good ? period.to() : null, last)) {
            tell(tx, source, result.error());
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
                    () -> {
                      if (period == null) {
                        return fetch(source, lease, now);
                      }
                      Result result = fetch(Definition.read(source.definition()), period);
                      ObjectNode last = told(now, period, result);
                      rows.finish(database.jooq(), lease, null, null, last);
                      return last;
                    }));
  }

  /** Which points are fetched when it is due: since the last time, and what is read again. */
  static Period due(Definition definition, @Nullable Instant collectedTo, Instant now) {
    Duration lookback = definition.lookback();
    Duration gap = definition.timing().gap(now);
    Instant since =
        collectedTo == null
            ? now.minus(lookback.compareTo(gap) > 0 ? lookback : gap)
            : collectedTo.minus(lookback);
    Duration longest = lookback.compareTo(LONGEST_PERIOD) > 0 ? lookback : LONGEST_PERIOD;
    Instant earliest = now.minus(longest);
    Instant from = since.isBefore(earliest) ? earliest : since;
    return new Period(from.isBefore(now) ? from : now.minusSeconds(1), now);
  }

  /**
   * What became of an attempt.
   *
   * @param error null if it went well
   */
  private record Result(PointIntake.Taken taken, @Nullable String error, Duration took) {}

  private Result fetch(Definition definition, Period period) {
    long start = System.nanoTime();
    PointIntake intake = store.intake();
    String error = null;
    PointIntake.Taken taken = new PointIntake.Taken(0, 0, List.of());
    try {
      error = read(definition, period, intake);
      taken = intake.done();
      describe(definition, intake.metrics());
    } catch (DataAccessException e) {
      error = "The points can't be written: " + e.getMessage();
    }
    return new Result(taken, error, Duration.ofNanos(System.nanoTime() - start));
  }

  private @Nullable String read(Definition definition, Period period, PointIntake intake) {
    try {
      boolean more = readers.read(definition, period, new Checked(store.rules(), intake));
      return more
          ? "There are more points than are taken at once. Return fewer by a coarser query, or fetch shorter periods (every, lookback, or collect by hand)."
          : null;
    } catch (SourceException e) {
      return e.field() + ": " + e.reason();
    }
  }

  /** What nobody has said of metrics that name themselves. */
  private void describe(Definition definition, Set<String> metrics) {
    if (definition.origin() instanceof Definition.Origin.Sql && !definition.unit().isEmpty()) {
      metrics.forEach(
          metric ->
              store.describe(
                  database.jooq(), new MetricText(metric, "", definition.unit(), ""), false));
    }
  }

  private record Checked(PointRules rules, PointIntake intake) implements PointSink {

    @Override
    public void point(
        int row, String metric, Map<String, String> labels, Instant at, double value) {
      try {
        intake.take(row, rules.sample(metric, labels, at, value));
      } catch (PointRules.RefusedException e) {
        intake.refuse(row, e.reason());
      }
    }

    @Override
    public void refused(int row, String reason) {
      intake.refuse(row, reason);
    }
  }

  private static ObjectNode told(Instant at, Period period, Result result) {
    ObjectNode last = Json.object();
    last.put("at", at.toString());
    last.put("from", period.from().toString());
    last.put("to", period.to().toString());
    last.put("took", result.took().truncatedTo(ChronoUnit.MILLIS).toString());
    last.put("points", result.taken().accepted());
    last.put("refused", result.taken().refused());
    ArrayNode reasons = last.putArray("reasons");
    result.taken().errors().stream()
        .limit(REASONS_SHOWN)
        .forEach(
            error -> reasons.addObject().put("row", error.line()).put("reason", error.reason()));
    if (result.error() != null) {
      last.put("error", result.error());
    }
    return last;
  }
}
