package dev.segue.server.rehearsals;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.runs.RunChanges;
import dev.segue.server.runs.RunMode;
import dev.segue.server.runs.RunStarter;
import dev.segue.server.runs.StartRequest;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Firing;
import dev.segue.server.triggers.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes rehearsals on. A day is marked as running in the commit that starts its run, and as ended
 * in the one that holds its report: a server that dies in between has done nothing, and servers
 * that share the database share the rehearsals. Thread-safe.
 */
final class RehearsalRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RehearsalRunner.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int CONFLICT = 409;
  private static final String NO_REPORT =
      "What the run came to could not be read; the server's log says why. Look at the run itself.";

  private final Database database;
  private final RehearsalRows rows;
  private final RunStarter starter;
  private final RunChanges runs;
  private final Triggers triggers;
  private final DayWatch watch;
  private final DayReports reports;
  private final InstantSource clock;
  private final Instant begunAt;
  private final Set<UUID> failing = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;

  RehearsalRunner(
      Rehearsals.Ground ground, RehearsalRows rows, DayWatch watch, DayReports reports) {
    this.database = ground.database();
    this.rows = rows;
    this.starter = ground.runs().starter();
    this.runs = ground.runs().changes();
    this.triggers = ground.triggers();
    this.watch = watch;
    this.reports = reports;
    this.clock = ground.clock();
    this.begunAt = clock.instant();
  }

  synchronized void start() {
    thread = Thread.ofVirtual().name("rehearsals").start(this::runUntilStopped);
  }

  @Override
  public synchronized void close() {
    stopping.countDown();
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void runUntilStopped() {
    boolean failing = false;
    try {
      do {
        try {
          takeOnAll();
          failing = false;
        } catch (RuntimeException e) {
          if (!failing) {
            LOG.warn("rehearsals don't go on; it is tried again", e);
          }
          failing = true;
        }
      } while (!stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks at all rehearsals once: ends the days that are over, and starts what there is room for.
   */
  void takeOnAll() {
    List<UUID> running = rows.running(database.jooq());
    failing.retainAll(running);
    for (UUID id : running) {
      try {
        database.inTransaction(tx -> takeOn(tx, id));
        failing.remove(id);
      } catch (RuntimeException e) {
        if (failing.add(id)) {
          LOG.warn("the rehearsal {} doesn't go on; it is tried again", id, e);
        }
      }
    }
  }

  private void takeOn(DSLContext tx, UUID id) {
    Rehearsal rehearsal = rows.lockRunning(tx, id).orElse(null);
    if (rehearsal == null) {
      return;
    }
    List<RehearsalDay> open = rows.open(tx, id, 2 * rehearsal.concurrency());
    int busy = 0;
    for (RehearsalDay day : open) {
      if (day.state() == RehearsalDay.State.RUNNING) {
        busy += endIfOver(tx, rehearsal, day) ? 0 : 1;
      } else if (busy < rehearsal.concurrency()) {
        busy += start(tx, rehearsal, day) ? 1 : 0;
      }
    }
    if (open.isEmpty()) {
      rows.end(tx, id, clock.instant());
    }
  }

  /** Starts a day's run; false if there is none to wait for. */
  private boolean start(DSLContext tx, Rehearsal rehearsal, RehearsalDay day) {
    try {
      starter.start(tx, List.of(starter.prepare(request(tx, rehearsal, day))));
      rows.started(tx, day, clock.instant());
      return true;
    } catch (ApiException e) {
      if (e.problem().status() != CONFLICT) {
        rows.ended(
            tx, day, RehearsalDay.State.FAILED, Rehearsals.explain(e), null, clock.instant());
      }
      // A paused workflow is waited for.
      return false;
    }
  }

  private StartRequest request(DSLContext tx, Rehearsal rehearsal, RehearsalDay day) {
    return new StartRequest(
        day.runId(),
        rehearsal.workflow(),
        rehearsal.version(),
        RunMode.SIMULATED,
        day.site(),
        null,
        day.asOf(),
        rehearsal.knowledge(),
        rehearsal.approves(),
        variables(tx, rehearsal, day),
        rehearsal.startedBy(),
        StartRequest.BY_REHEARSAL);
  }

  /** As the schedule would have begun it, and over that what was asked for. */
  private ObjectNode variables(DSLContext tx, Rehearsal rehearsal, RehearsalDay day) {
    ObjectNode variables = rehearsal.variables().deepCopy();
    ObjectNode brought =
        Json.object().put(RehearsalStarts.BUSINESS_DATE, day.businessDate().toString());
    variables.setAll(brought);
    Instant at = Objects.requireNonNull(day.asOf());
    Optional.ofNullable(rehearsal.schedule())
        .flatMap(id -> triggers.find(tx, id))
        .map(one -> new Firing(one, day.site(), at.toString(), at, brought, null))
        .ifPresent(firing -> variables.setAll(triggers.starts().mapped(firing)));
    if (rehearsal.asked().path("variables") instanceof ObjectNode asked) {
      variables.setAll(asked);
    }
    return variables;
  }

  /** Settles a day whose run is as far as it comes; false while it goes on. */
  private boolean endIfOver(DSLContext tx, Rehearsal rehearsal, RehearsalDay day) {
    Instant now = clock.instant();
    Instant started = day.startedAt() == null ? now : day.startedAt();
    Instant since = started.isBefore(begunAt) ? begunAt : started;
    switch (watch.look(tx, day.runId(), since, now)) {
      case Standing.GoesOn goesOn -> {
        return false;
      }
      case Standing.Completed completed ->
          settle(tx, rehearsal, day, RehearsalDay.State.COMPLETED, "");
      case Standing.Waits(String reason) -> {
        settle(tx, rehearsal, day, RehearsalDay.State.WAITS, reason);
        cancelRun(tx, rehearsal, day, "The rehearsal ended it. " + reason);
      }
      case Standing.Failed(String reason, boolean over) -> {
        settle(tx, rehearsal, day, RehearsalDay.State.FAILED, reason);
        if (!over) {
          cancelRun(tx, rehearsal, day, "The rehearsal gave it up.");
        }
      }
    }
    return true;
  }

  private void settle(
      DSLContext tx,
      Rehearsal rehearsal,
      RehearsalDay day,
      RehearsalDay.State state,
      String reason) {
    try {
      ObjectNode report = tx.transactionResult(inner -> reports.of(inner.dsl(), rehearsal, day));
      rows.ended(tx, day, state, reason, report, clock.instant());
    } catch (RuntimeException e) {
      LOG.warn("the report of run {} of a rehearsal could not be made", day.runId(), e);
      rows.ended(tx, day, RehearsalDay.State.FAILED, NO_REPORT, null, clock.instant());
    }
  }

  private void cancelRun(DSLContext tx, Rehearsal rehearsal, RehearsalDay day, String reason) {
    endRun(tx, runs, day.runId(), rehearsal.startedBy(), reason);
  }

  /** Has a run cancelled unless it has come to its end by itself. */
  static void endRun(DSLContext tx, RunChanges runs, UUID run, String by, String reason) {
    try {
      runs.cancel(tx, run, by, reason);
    } catch (ApiException e) {
      LOG.debug("the run {} of a rehearsal ended by itself: {}", run, e.getMessage());
    }
  }
}
