package dev.segue.server.events;

import dev.segue.server.events.OutboxHandler.Entry;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.GroupCommit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Things to do that outlive this server: committed together with what they belong to, done at once
 * after the commit, and again and again, by whichever server is there, until their handler says
 * that they are done. Entries have no order among each other. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);
  private static final Duration STRIKE_EVERY = Duration.ofMillis(100);
  private static final int STRUCK_AT_ONCE = 256;
  private static final int AT_ONCE = 64;

  /** How many entries may wait with all that belongs to them; more wait in the table alone. */
  private static final int MOST_HELD = 2 * AT_ONCE;

  private final OutboxRows rows;
  private final GroupCommit<Long, Boolean> struck;
  private final Map<String, OutboxHandler> handlers = new ConcurrentHashMap<>();

  /** Entries whose leases are this server's, for as long as it renews them. */
  private final Set<Long> held = ConcurrentHashMap.newKeySet();

  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("outbox-", 0).factory());
  private final Counter failures;
  private final AtomicLong pending = new AtomicLong();

  /**
   * Something to do.
   *
   * @param kind by which {@link #register} knows the handler
   * @param ref what it is about, such as a run's id
   * @param atOnce does it the first time, if that is right after the commit and on this server: it
   *     may know by heart what the handler would have to read; null to leave it to the handler
   */
  public record Promise(
      String kind, String ref, ObjectNode payload, @Nullable OutboxHandler atOnce) {}

  /**
   * Creates it; nothing is done before {@link #start}.
   *
   * @param database opened with {@link AfterCommit#provider}
   * @param serverId this server, as owner of leases
   */
  public Outbox(Database database, UUID serverId, MeterRegistry meters) {
    this.rows = new OutboxRows(database.jooq(), serverId, LEASE);
    this.struck =
        GroupCommit.ofStatements(
            database,
            STRUCK_AT_ONCE,
            STRIKE_EVERY,
            (db, ids) -> {
              OutboxRows.delete(db, ids);
              return Collections.nCopies(ids.size(), true);
            });
    this.failures = meters.counter("segue.outbox.failures");
    meters.gauge("segue.outbox.pending", pending);
  }

  /** Says who does a kind of entries. To be called before {@link #start}, once for a kind. */
  public void register(String kind, OutboxHandler handler) {
    if (handlers.putIfAbsent(kind, handler) != null) {
      throw new IllegalStateException("Two handlers for the outbox kind " + kind + ".");
    }
  }

  /**
   * Enqueues something to do, in the caller's transaction. It is done after the commit, on another
   * thread; a rollback forgets it.
   *
   * @param tx a transaction of the database
   * @param kind by which {@link #register} knows the handler
   * @param ref what it is about, such as a run's id
   */
  public void enqueue(DSLContext tx, String kind, String ref, ObjectNode payload) {
    enqueue(tx, List.of(new Promise(kind, ref, payload, null)));
  }

  /**
   * Same as {@link #enqueue(DSLContext, String, String, ObjectNode)}, for several at once. The
   * entries come into being with this server's leases, which spares taking them later; if it dies,
   * another server does them when the leases end.
   */
  public void enqueue(DSLContext tx, List<Promise> promises) {
    boolean lease =
        held.size() < MOST_HELD
            && promises.stream().allMatch(promise -> handlers.containsKey(promise.kind()));
    List<Long> ids = rows.insert(tx, promises, lease);
    long leased = System.nanoTime();
    AfterCommit.run(
        tx,
        () -> {
          for (int i = 0; i < ids.size(); i++) {
            long id = ids.get(i);
            if (lease) {
              hold(promises.get(i), id, leased);
            } else {
              submit(() -> permitted(() -> rows.claim(id).ifPresent(this::attempt)));
            }
          }
        });
  }

  /** Does what was just committed, unless that took so long that the lease may end any time. */
  private void hold(Promise promise, long id, long leased) {
    if (System.nanoTime() - leased > LEASE.toNanos() / 2) {
      LOG.debug("entry {} is left until its lease ends", id);
      return;
    }
    held.add(id);
    OutboxHandler atOnce = promise.atOnce();
    Entry entry = new Entry(id, promise.kind(), promise.ref(), promise.payload(), 1);
    submit(() -> permitted(() -> attempt(entry, atOnce == null ? handler(entry.kind()) : atOnce)));
  }

  /** Starts to look for what earlier or other servers left, and for what is to be repeated. */
  public void start() {
    submit(this::sweepUntilStopped);
  }

  /** Interrupts what runs and leaves it, like what waits, to the next server. */
  @Override
  public void close() {
    stopping.countDown();
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("outbox entries {} did not stop when interrupted", held);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    struck.flush();
    if (!held.isEmpty()) {
      rows.giveBack(held);
    }
  }

  private void submit(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server stops; what is left in the outbox waits for the next one");
    }
  }

  private void permitted(Runnable work) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.debug("an outbox entry is left to the sweeper", e);
    } finally {
      permits.release();
    }
  }

  private void sweepUntilStopped() {
    boolean failing = false;
    try {
      while (!stopping.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          sweep();
          failing = false;
        } catch (RuntimeException e) {
          if (!failing && stopping.getCount() > 0) {
            LOG.warn("the outbox can't be read; it is tried again: {}", e.toString());
          }
          failing = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    if (!held.isEmpty()) {
      rows.renew(held);
    }
    pending.set(rows.count());
    int free = permits.availablePermits();
    if (free == 0 || pending.get() == 0) {
      return;
    }
    for (Entry entry : rows.claimDue(handlers.keySet(), free)) {
      held.add(entry.id());
      submit(() -> permitted(() -> attempt(entry)));
    }
  }

  private OutboxHandler handler(String kind) {
    return Objects.requireNonNull(handlers.get(kind), kind);
  }

  private void attempt(Entry entry) {
    OutboxHandler handler = handlers.get(entry.kind());
    if (handler == null) {
      rows.postpone(entry.id(), LAST_RETRY, "this server has no handler for it");
      return;
    }
    held.add(entry.id());
    attempt(entry, handler);
  }

  private void attempt(Entry entry, OutboxHandler handler) {
    try {
      switch (handler.handle(entry)) {
        // Struck off together with others: the handler must bear to be called again anyway.
        case OutboxHandler.Outcome.Done done ->
            struck.submit(entry.id()).whenComplete((deleted, e) -> struck(entry, e));
        case OutboxHandler.Outcome.Again(Duration after) -> rows.postpone(entry.id(), after, "");
      }
      held.remove(entry.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (stopping.getCount() > 0) {
        held.remove(entry.id());
        failed(entry, e);
      }
    }
  }

  private static void struck(Entry entry, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.debug("entry {} was done, and will be again when its lease ends", entry.id(), failure);
    }
  }

  private void failed(Entry entry, Exception fault) {
    failures.increment();
    Duration wait = backOff(entry.attempt());
    LOG.warn(
        "{} of {} failed (attempt {}), again in {} ms: {}",
        entry.kind(),
        entry.ref(),
        entry.attempt(),
        wait.toMillis(),
        fault.toString());
    try {
      rows.postpone(entry.id(), wait, fault.toString());
    } catch (RuntimeException e) {
      LOG.debug("entry {} keeps its lease until that ends", entry.id(), e);
    }
  }

  /** Doubles from attempt to attempt, up to a bound, and scatters by a third. */
  static Duration backOff(int attempt) {
    long full =
        Math.min(LAST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(20, attempt - 1));
    return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 3 + 1));
  }
}
