package dev.segue.server.events;

import dev.segue.server.storage.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
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
  private static final int AT_ONCE = 64;

  private final OutboxRows rows;
  private final Map<String, OutboxHandler> handlers = new ConcurrentHashMap<>();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("outbox-", 0).factory());
  private final Counter failures;
  private final AtomicLong pending = new AtomicLong();

  /**
   * Creates it; nothing is done before {@link #start}.
   *
   * @param database opened with {@link AfterCommit#provider}
   * @param serverId this server, as owner of leases
   */
  public Outbox(Database database, UUID serverId, MeterRegistry meters) {
    this.rows = new OutboxRows(database.jooq(), serverId, LEASE);
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
    long id = OutboxRows.insert(tx, kind, ref, payload);
    AfterCommit.run(tx, () -> submit(() -> runNow(id)));
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
        LOG.warn("outbox entries {} did not stop when interrupted", running);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!running.isEmpty()) {
      rows.giveBack(running);
    }
  }

  private void submit(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server stops; what is left in the outbox waits for the next one");
    }
  }

  private void runNow(long id) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      rows.claim(id).ifPresent(this::attempt);
    } catch (RuntimeException e) {
      LOG.debug("outbox entry {} is left to the sweeper", id, e);
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
    if (!running.isEmpty()) {
      rows.renew(running);
    }
    pending.set(rows.count());
    int free = permits.availablePermits();
    if (free == 0 || pending.get() == 0) {
      return;
    }
    for (OutboxHandler.Entry entry : rows.claimDue(handlers.keySet(), free)) {
      submit(
          () -> {
            permits.acquireUninterruptibly();
            try {
              attempt(entry);
            } finally {
              permits.release();
            }
          });
    }
  }

  private void attempt(OutboxHandler.Entry entry) {
    OutboxHandler handler = handlers.get(entry.kind());
    if (handler == null) {
      rows.postpone(entry.id(), LAST_RETRY, "this server has no handler for it");
      return;
    }
    running.add(entry.id());
    try {
      switch (handler.handle(entry)) {
        case OutboxHandler.Outcome.Done done -> rows.delete(entry.id());
        case OutboxHandler.Outcome.Again(Duration after) -> rows.postpone(entry.id(), after, "");
      }
      running.remove(entry.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (stopping.getCount() > 0) {
        running.remove(entry.id());
        failed(entry, e);
      }
    }
  }

  private void failed(OutboxHandler.Entry entry, Exception fault) {
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
