package dev.segue.server.events.feed;

import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the live feed how far running steps have come: of each step the latest word, twice a second
 * at most and all of a server in one statement. What can't be told is forgotten, since the next
 * word says more. Thread-safe.
 */
public final class ProgressTeller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressTeller.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST = 500;
  private static final int LONGEST_TEXT = 300;

  private final Database database;
  private final Clock clock;
  private final Map<Key, Step> latest = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /** Begins to tell. */
  public ProgressTeller(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("progress").start(this::tellUntilStopped);
  }

  /**
   * How far a step has come.
   *
   * @param run the run's id
   * @param element the step's id in the diagram
   * @param site null for none
   * @param fraction 0.0 to 1.0
   * @param text one line; may be empty
   */
  public record Step(
      String run,
      String workflow,
      @Nullable String site,
      String element,
      double fraction,
      String text) {}

  private record Key(String run, String element) {}

  /** Takes the latest word of a step. Returns at once. */
  public void tell(Step step) {
    Key key = new Key(step.run(), step.element());
    if (latest.size() < MOST || latest.containsKey(key)) {
      latest.put(key, step);
      news.release();
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }

  private void tellUntilStopped() {
    try {
      while (stopping.getCount() > 0) {
        news.acquire();
        news.drainPermits();
        tellAll();
        if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellAll() {
    List<String> events = new ArrayList<>();
    for (Key key : latest.keySet()) {
      Step step = latest.remove(key);
      if (step != null) {
        events.add(event(step));
      }
    }
    if (events.isEmpty()) {
      return;
    }
    try {
      database
          .jooq()
          .execute(
              "select segue.tell(e::jsonb) from unnest(?::text[]) as e",
              (Object) events.toArray(String[]::new));
    } catch (DataAccessException e) {
      LOG.debug("the progress of {} steps is not told", events.size(), e);
    }
  }

  private String event(Step step) {
    var event =
        Json.object()
            .put("topic", Topic.PROGRESS.label())
            .put("id", step.element())
            .put("run", step.run())
            .put("workflow", step.workflow())
            .put("at", clock.instant().toString())
            .put("fraction", step.fraction())
            .put("text", shortened(step.text()));
    if (step.site() != null) {
      event.put("site", step.site());
    }
    return event.toString();
  }

  /** PostgreSQL's JSON knows no character 0, and a notification no long texts. */
  private static String shortened(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST_TEXT
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, clean.codePointCount(0, LONGEST_TEXT)))
            + "…";
  }
}
