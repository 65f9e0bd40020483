package dev.segue.server.triggers.schedules;

import dev.segue.sdk.Site;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Decided;
import dev.segue.server.triggers.Firing;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.TriggerStarts;
import dev.segue.server.triggers.Triggers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fires what is due. A batch of rows is locked, decided, started and moved on to their next times
 * in one transaction: a server that dies in between has done nothing, and servers that share the
 * database share the rows. Thread-safe.
 */
final class ScheduleRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(15);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(400);
  private static final Duration PUT_OFF = Duration.ofMinutes(10);
  private static final int BATCH = 200;

  /** More than that are not queued for one schedule and site. */
  private static final int MOST_QUEUED = 100;

  private final Database database;
  private final Triggers triggers;
  private final Schedules schedules;
  private final DueRows rows;
  private final Places places;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private Instant forgot = Instant.MIN;

  ScheduleRunner(
      Database database,
      Triggers triggers,
      Schedules schedules,
      DueRows rows,
      Places places,
      InstantSource clock) {
    this.database = database;
    this.triggers = triggers;
    this.schedules = schedules;
    this.rows = rows;
    this.places = places;
    this.clock = clock;
  }

  synchronized void start() {
    threads.add(
        Thread.ofVirtual()
            .name("schedules")
            .start(() -> repeat(LOOK_EVERY, "schedules can't be fired", this::fireDue)));
    threads.add(
        Thread.ofVirtual()
            .name("schedules-sites")
            .start(
                () -> repeat(RECONCILE_EVERY, "schedules can't follow their sites", this::tidy)));
  }

  @Override
  public synchronized void close() {
    stopping.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void repeat(Duration pause, String failure, Runnable work) {
    boolean failing = false;
    try {
      do {
        try {
          work.run();
          failing = false;
        } catch (RuntimeException e) {
          if (!failing) {
            LOG.warn("{}; it is tried again", failure, e);
          }
          failing = true;
        }
      } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidy() {
    database.inTransaction(schedules::reconcile);
    Instant now = clock.instant();
    if (forgot.isBefore(now.minus(FORGET_EVERY))) {
      triggers.forgetBefore(now.minus(KEPT));
      forgot = now;
    }
  }

  /**
   * Fires all that is due by now.
   *
   * @return how many firings were decided
   */
  int fireDue() {
    int all = 0;
    int batch;
    do {
      batch = database.transaction(this::fireBatch);
      all += batch;
    } while (batch > 0 && stopping.getCount() > 0);
    for (DueRows.Turn turn : rows.turns(database.jooq(), BATCH)) {
      database.inTransaction(tx -> release(tx, turn));
    }
    return all;
  }

  private void release(DSLContext tx, DueRows.Turn turn) {
    if (!rows.lockIdle(tx, turn)) {
      return;
    }
    triggers
        .starts()
        .release(tx, turn.firingId())
        .filter(decided -> decided.outcome() == Decided.Outcome.STARTED)
        .ifPresent(decided -> rows.lastRun(tx, turn, decided.runId()));
  }

  /** Firings of one row and where it goes on. */
  private record Step(
      DueRows.Due due, Jitter jitter, Instant nextDue, List<TriggerStarts.Ask> asks) {}

  private int fireBatch(DSLContext tx) {
    Instant now = clock.instant();
    Map<String, Optional<Planner>> planners = new HashMap<>();
    Map<String, Optional<Site>> sites = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    for (DueRows.Due due : rows.lockDue(tx, now, BATCH)) {
      planners
          .computeIfAbsent(
              due.triggerId(), id -> triggers.find(tx, id).map(trigger -> Planner.of(trigger)))
          .ifPresent(
              planner -> {
                Optional<Site> site =
                    Optional.ofNullable(due.siteId())
                        .flatMap(id -> sites.computeIfAbsent(id, places::find));
                steps.add(safeStep(planner, due, site, now));
              });
    }
    List<TriggerStarts.Ask> asks = steps.stream().flatMap(step -> step.asks().stream()).toList();
    List<Decided> decided = triggers.starts().decide(tx, asks);
    List<DueRows.Next> next = new ArrayList<>();
    int at = 0;
    for (Step step : steps) {
      UUID last = null;
      for (int end = at + step.asks().size(); at < end; at++) {
        if (decided.get(at).outcome() == Decided.Outcome.STARTED) {
          last = decided.get(at).runId();
        }
      }
      DueRows.Due due = step.due();
      Instant fireAt = step.jitter().fireAt(step.nextDue());
      next.add(
          new DueRows.Next(
              due.triggerId(), due.siteId(), due.zone(), step.nextDue(), fireAt, last));
    }
    rows.advance(tx, next);
    return steps.size();
  }

  /** A trigger with its settings read once for a batch. */
  private record Planner(Trigger trigger, ScheduleSettings settings) {

    static Planner of(Trigger trigger) {
      return new Planner(trigger, ScheduleSettings.read(trigger.settings()));
    }
  }

  /** One that can't be reckoned must not hold up the others. */
  private Step safeStep(Planner planner, DueRows.Due due, Optional<Site> site, Instant now) {
    try {
      return step(planner, due, site, now);
    } catch (DateTimeException | ArithmeticException e) {
      LOG.error("the schedule {} can't be reckoned; it is put off", due.triggerId(), e);
      Jitter none = new Jitter(due.triggerId(), due.siteId(), Duration.ZERO);
      return new Step(due, none, now.plus(PUT_OFF), List.of());
    }
  }

  private Step step(Planner planner, DueRows.Due due, Optional<Site> site, Instant now) {
    ScheduleSettings settings = planner.settings();
    Trigger trigger = planner.trigger();
    Jitter jitter = new Jitter(trigger.id(), due.siteId(), settings.jitter());
    DuePlan plan = DuePlan.of(settings, jitter, due.zone(), due.dueAt(), now);
    List<TriggerStarts.Ask> asks = new ArrayList<>();
    plan.dropped()
        .ifPresent(
            dropped ->
                asks.add(
                    new TriggerStarts.Ask(
                        firing(trigger, due, site, dropped.last()),
                        new Firing.Verdict.Skip(missed(dropped)))));
    boolean running = due.running();
    int queued = due.queued();
    for (Instant at : plan.fires()) {
      Firing.Verdict verdict = verdict(settings, site, at, running, queued);
      asks.add(new TriggerStarts.Ask(firing(trigger, due, site, at), verdict));
      running |= verdict instanceof Firing.Verdict.Start;
      queued += verdict instanceof Firing.Verdict.Queue ? 1 : 0;
    }
    return new Step(due, jitter, plan.nextDue(), asks);
  }

  private static Firing.Verdict verdict(
      ScheduleSettings settings, Optional<Site> site, Instant at, boolean running, int queued) {
    if (settings.skipClosedDays() && site.isPresent()) {
      LocalDate day = site.get().businessDate(at);
      if (!site.get().isOpenOn(day)) {
        return new Firing.Verdict.Skip("The site is closed on %s.".formatted(day));
      }
    }
    if (!running && queued == 0) {
      return new Firing.Verdict.Start();
    }
    return switch (settings.overlap()) {
      case ALLOW -> new Firing.Verdict.Start();
      case SKIP -> new Firing.Verdict.Skip("The run before still goes on.");
      case QUEUE ->
          queued < MOST_QUEUED
              ? new Firing.Verdict.Queue("It waits until the run before has ended.")
              : new Firing.Verdict.Skip(
                  "%d firings wait already for the run before to end.".formatted(queued));
    };
  }

  private static Firing firing(Trigger trigger, DueRows.Due due, Optional<Site> site, Instant at) {
    LocalDate day =
        site.map(one -> one.businessDate(at)).orElseGet(() -> at.atZone(due.zone()).toLocalDate());
    ObjectNode variables = Json.object();
    variables.put("businessDate", day.toString());
    return new Firing(trigger, due.siteId(), at.toString(), at, variables, null);
  }

  private static String missed(DuePlan.Dropped dropped) {
    return dropped.count() == 1
        ? "It was missed while no server ran, and is not made up for."
        : "This and %d before it, from %s on, were missed while no server ran, and are not made up for."
            .formatted(dropped.count() - 1, dropped.first());
  }
}
