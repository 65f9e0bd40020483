package dev.segue.server.steps;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.Job;
import dev.segue.runtime.call.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this server works on now. One platform thread watches them all: it prolongs their
 * deadlines at the engine and their leases in the journal, and ends those whose job is gone.
 */
final class ActiveJobs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveJobs.class);

  private final Engine engine;
  private final StepJournal journal;
  private final Duration jobTimeout;
  private final long leaseEveryNanos;
  private final ConcurrentMap<Long, ActiveJob> jobs = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("segue-step-watch").factory());
  private final Set<String> errands = ConcurrentHashMap.newKeySet();
  private long leasesRenewedAtNanos = System.nanoTime();

  ActiveJobs(Engine engine, StepJournal journal, StepsSettings settings) {
    this.engine = engine;
    this.journal = journal;
    this.jobTimeout = settings.jobTimeout();
    this.leaseEveryNanos = settings.effectLease().dividedBy(3).toNanos();
    long tick = Math.min(500, Math.max(50, jobTimeout.toMillis() / 8));
    watch.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  /** Takes a job up; empty if it is in work here already, since the engine lost patience. */
  Optional<ActiveJob> enter(Job job, List<String> fetched) {
    ActiveJob active = new ActiveJob(job, fetched);
    active.extendAtNanos = System.nanoTime() + jobTimeout.toNanos() / 2;
    return jobs.putIfAbsent(job.key(), active) == null ? Optional.of(active) : Optional.empty();
  }

  void leave(ActiveJob active) {
    jobs.remove(active.job().key(), active);
  }

  /** Also keeps the lease of an effect that belongs to no job. */
  void keepLease(String effectKey) {
    errands.add(effectKey);
  }

  void releaseLease(String effectKey) {
    errands.remove(effectKey);
  }

  int count() {
    return jobs.size();
  }

  /** Interrupts the jobs that a condition names. */
  void cancel(Predicate<ActiveJob> which, Interruption why) {
    jobs.values().stream().filter(which).forEach(active -> active.cancel(why));
  }

  private void look() {
    try {
      long now = System.nanoTime();
      for (ActiveJob active : jobs.values()) {
        if (now - active.extendAtNanos >= 0) {
          active.extendAtNanos = now + jobTimeout.toNanos() / 2;
          Thread.ofVirtual().name("segue-extend-" + active.job().key()).start(() -> extend(active));
        }
      }
      if (now - leasesRenewedAtNanos >= leaseEveryNanos) {
        leasesRenewedAtNanos = now;
        List<String> keys = effectKeys();
        if (!keys.isEmpty()) {
          Thread.ofVirtual().name("segue-leases").start(() -> renew(keys));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Could not look after the running steps; trying again", e);
    }
  }

  private List<String> effectKeys() {
    List<String> keys = new ArrayList<>(errands);
    for (ActiveJob active : jobs.values()) {
      String key = active.effectKey();
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private void extend(ActiveJob active) {
    try {
      engine.extend(active.job().key(), jobTimeout);
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.NOT_FOUND) {
        active.cancel(Interruption.CANCELLED);
      } else {
        LOG.debug("Could not prolong job {}: {}", active.job().key(), e.getMessage());
      }
    }
  }

  private void renew(List<String> keys) {
    try {
      journal.renew(keys);
    } catch (RuntimeException e) {
      LOG.warn("Could not prolong the leases of {} running steps: {}", keys.size(), e.getMessage());
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
