package dev.segue.server.runs.history;

import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.Leadership;
import dev.segue.server.storage.NotificationListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the projection up to date on the one server that is elected for it. It is woken by the
 * exporter's notifications, and looks by itself in case one was lost. It leaves alone an engine
 * whose positions went back, or that isn't this database's own, and raises an alarm.
 */
public final class Projector implements AutoCloseable {

  /**
   * The outbox kind of a process instance that came from a repeated start and must be cancelled;
   * the ref is its key.
   */
  public static final String DUPLICATE_KIND = Projection.DUPLICATE_KIND;

  private static final Logger log = LoggerFactory.getLogger(Projector.class);
  private static final String ROLE = "projector";
  private static final String CHANNEL = "segue_history";
  private static final Duration RETENTION_PERIOD = Duration.ofHours(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

  private final Database database;
  private final DSLContext db;
  private final ProjectorSettings settings;
  private final Clock clock;
  private final Projection projection;
  private final HistoryAlarms alarms;
  private final RecordRetention retention;
  private final Counter records;
  private final AtomicLong behind = new AtomicLong();
  private final Semaphore wake = new Semaphore(0);

  private @Nullable Leadership leadership;
  private @Nullable AutoCloseable listening;
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;
  private @Nullable UUID engineId;
  private Instant lastRetention = Instant.MIN;

  /**
   * What the projector works with.
   *
   * @param database opened with {@link dev.segue.server.events.AfterCommit#provider}
   * @param events hears {@link HistoryEvent}s
   * @param outbox gets {@link #DUPLICATE_KIND}
   */
  public record Surroundings(
      Database database, EventBus events, Outbox outbox, MeterRegistry meters) {}

  /** Creates it; nothing happens before {@link #start}. */
  public Projector(Surroundings given, ProjectorSettings settings, Clock clock) {
    this.database = given.database();
    this.db = database.jooq();
    this.settings = settings;
    this.clock = clock;
    this.projection =
        new Projection(database, given.events(), given.outbox(), settings.batchSize());
    this.alarms = new HistoryAlarms(db);
    this.retention = new RecordRetention(db, clock, settings.keepRecords());
    this.records = given.meters().counter("segue.history.records");
    given.meters().gauge("segue.history.behind", behind);
  }

  /** Stands for election; once. */
  public synchronized void start() {
    NotificationListener listener =
        new NotificationListener() {
          @Override
          public void notified(String payload) {
            wake.release();
          }

          @Override
          public void connected() {
            wake.release();
          }
        };
    listening = database.listen(CHANNEL, listener);
    leadership =
        database.lead(
            ROLE,
            new Leadership.Duty() {
              @Override
              public void start() {
                begin();
              }

              @Override
              public void stop() {
                end();
              }
            });
  }

  /** Whether this server is the one that projects. */
  public synchronized boolean isLeader() {
    return leadership != null && leadership.isLeader();
  }

  /** Ends the candidacy and, if it projects, the projection after the batch at hand. */
  @Override
  public synchronized void close() {
    if (leadership != null) {
      leadership.close();
    }
    if (listening != null) {
      try {
        listening.close();
      } catch (Exception e) {
        log.warn("The channel {} could not be closed", CHANNEL, e);
      }
    }
  }

  private void begin() {
    stopping = false;
    thread = Thread.ofVirtual().name("projector").start(this::run);
  }

  private void end() {
    stopping = true;
    wake.release();
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(Duration.ofSeconds(10))) {
        running.interrupt();
        running.join();
      }
    } catch (InterruptedException e) {
      running.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean failing = false;
    while (!stopping) {
      try {
        boolean more = round();
        failing = false;
        if (!more) {
          await(settings.poll());
        }
      } catch (DataAccessException e) {
        if (!failing && !stopping) {
          log.warn("The history can't be projected; it is tried again: {}", e.getMessage(), e);
        }
        failing = true;
        await(PAUSE_AFTER_FAULT);
      } catch (RuntimeException e) {
        log.error("The projection of the history failed; it is tried again", e);
        await(PAUSE_AFTER_FAULT);
      }
    }
  }

  /** One batch of each partition. True if there may be more. */
  private boolean round() {
    keepHouse();
    List<Source> sources = sources();
    Map<String, String> reasons = new HashMap<>();
    boolean more = false;
    long left = 0;
    for (Source source : sources) {
      String reason = distrust(source);
      if (reason != null) {
        reasons.putIfAbsent("engine " + source.engineId(), reason);
      } else if (source.hasNews() && !stopping) {
        Projection.Batch batch = projection.next(source);
        records.increment(batch.records());
        left += Math.max(0, source.written() - batch.position());
        more |= batch.records() > 0 && batch.position() < source.written();
      }
    }
    behind.set(left);
    alarms.show(reasons);
    return more;
  }

  private List<Source> sources() {
    return db.fetch(
            """
            select e.engine_id, e.partition_id, e.position, e.conflict, coalesce(c.position, -1),
              c.day
            from history.exporter_position e
            left join history.projection_cursor c using (engine_id, partition_id)
            order by e.engine_id, e.partition_id\
            """)
        .map(
            row ->
                new Source(
                    row.get(0, UUID.class),
                    row.get(1, Integer.class),
                    row.get(2, Long.class),
                    row.get(3, String.class),
                    row.get(4, Long.class),
                    row.get(5, LocalDate.class)));
  }

  private @Nullable String distrust(Source source) {
    if (source.conflict() != null) {
      return source.conflict();
    }
    UUID own = ownEngine(source);
    if (!own.equals(source.engineId())) {
      return "This database belongs to engine "
          + own
          + ", but engine "
          + source.engineId()
          + " writes its history into it. Give that engine a database of its own, or set its"
          + " exporter's engineId if it is the same engine.";
    }
    if (source.wentBack()) {
      return "Partition %d of engine %s is at position %d, but %d was projected already: the engine's history was emptied or restored from an older backup. Restore engine and database from backups of the same time."
          .formatted(source.partitionId(), source.engineId(), source.written(), source.projected());
    }
    return null;
  }

  /** The first engine that writes is this database's own, unless one was named before. */
  private UUID ownEngine(Source source) {
    UUID known = engineId;
    if (known == null) {
      known = EngineIdentity.adopt(db, source.engineId());
      engineId = known;
    }
    return known;
  }

  private void keepHouse() {
    Instant now = clock.instant();
    if (lastRetention.isBefore(now.minus(RETENTION_PERIOD))) {
      retention.run();
      lastRetention = now;
    }
  }

  private void await(Duration limit) {
    try {
      if (wake.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
