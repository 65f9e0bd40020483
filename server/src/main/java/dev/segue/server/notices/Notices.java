package dev.segue.server.notices;

import dev.segue.sdk.Site;
import dev.segue.server.approvals.Approvals;
import dev.segue.server.connections.Connections;
import dev.segue.server.events.Outbox;
import dev.segue.server.plugins.StepCatalog;
import dev.segue.server.steps.HostSteps;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what waits for them, while it is open: when an approval opens, is handed over or is
 * overdue. Make it before the outbox is started. Thread-safe.
 */
public final class Notices implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** What was overheard, or became overdue, is found by then. */
  private static final Duration LOOK = Duration.ofSeconds(15);

  private final NoticePlanner planner;
  private final NoticeSettings settings;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * What this capability stands on.
   *
   * @param url of this server's pages, without a slash at its end
   */
  public record Ground(
      Database database,
      Outbox outbox,
      Approvals approvals,
      Connections connections,
      StepCatalog catalog,
      HostSteps steps,
      Function<String, Optional<Site>> sites,
      Supplier<String> url) {}

  /**
   * Wires it and registers what the outbox does for it; nothing is planned before {@link #start}.
   */
  public Notices(Ground ground, NoticeSettings settings, InstantSource clock) {
    this.settings = settings;
    NoticeRows rows = new NoticeRows();
    this.planner =
        new NoticePlanner(ground.database(), rows, ground.approvals(), ground.outbox(), settings);
    ground
        .outbox()
        .register(
            NoticePlanner.SEND,
            new NoticeSender(
                ground.database(),
                rows,
                new NoticeSender.Means(
                    ground.approvals(),
                    ground.connections(),
                    ground.catalog(),
                    ground.steps(),
                    ground.sites(),
                    ground.url()),
                settings,
                clock));
    this.thread = Thread.ofVirtual().name("notices").unstarted(this::work);
  }

  /** Begins to look; does nothing if the settings name no connection. */
  public void start() {
    if (settings.tellsAnybody()) {
      thread.start();
    }
  }

  /** Something may have come up: looks at once. */
  public void wake() {
    wake.release();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void work() {
    boolean failing = false;
    while (!closed) {
      try {
        planner.run();
        failing = false;
      } catch (RuntimeException e) {
        if (!failing && !closed) {
          LOG.warn("Notices can't be planned; it is tried again", e);
        }
        failing = true;
      }
      try {
        if (wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
