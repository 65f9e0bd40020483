package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.broker.BrokerException.Reason;
import dev.segue.bpmn.engine.zeebe.EngineSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Zeebe broker as a child process: started, watched, started again after a crash on the same
 * ports, and stopped. It never outlives this process by more than an orderly stop, and never shares
 * its folder with another broker.
 *
 * <p>Safe for use by many threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOCK_PAUSE = Duration.ofMillis(500);
  private static final Duration PORT_PATIENCE = Duration.ofSeconds(10);
  private static final int PORT_ATTEMPTS = 3;

  private final BrokerSettings settings;
  private final BrokerListener listener;
  private final InstantSource clock;
  private final BrokerFiles files;
  private final List<String> javaOptions;
  private final Duration lockPatience;
  private final RestartPolicy restarts = new RestartPolicy();
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  /** Guards the process, so that none is started once the stop has been asked for. */
  private final ReentrantLock processLock = new ReentrantLock();

  private final ReentrantLock listenerLock = new ReentrantLock();
  private volatile BrokerPorts ports;
  private volatile BrokerProcess process;
  private volatile BrokerState state = BrokerState.STARTING;

  private EmbeddedBroker(
      BrokerSettings settings,
      BrokerListener listener,
      InstantSource clock,
      List<String> javaOptions,
      Duration lockPatience)
      throws BrokerException, InterruptedException {
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.files = new BrokerFiles(settings);
    this.javaOptions = javaOptions;
    this.lockPatience = lockPatience;
    this.ports = BrokerPorts.choose(settings.gatewayPort());
    try {
      this.process = startFirst();
    } catch (BrokerException | InterruptedException | RuntimeException failure) {
      say(BrokerState.FAILED, String.valueOf(failure.getMessage()));
      throw failure;
    }
  }

  /**
   * Starts a broker and waits until all of its partitions serve commands. If an earlier broker
   * still holds the folder, it has half a minute to end.
   *
   * @throws BrokerException if it can't be started or isn't ready in time; nothing is left running
   */
  public static EmbeddedBroker start(BrokerSettings settings, BrokerListener listener)
      throws BrokerException, InterruptedException {
    return start(settings, listener, List.of(), LOCK_PATIENCE);
  }

  static EmbeddedBroker start(
      BrokerSettings settings,
      BrokerListener listener,
      List<String> javaOptions,
      Duration lockPatience)
      throws BrokerException, InterruptedException {
    EmbeddedBroker broker =
        new EmbeddedBroker(settings, listener, InstantSource.system(), javaOptions, lockPatience);
    Thread.ofPlatform().daemon().name("segue-broker-watch").start(broker::watch);
    return broker;
  }

  /** How to reach it; the same until it is stopped. */
  public EngineSettings engineSettings() {
    return engineSettings(ports);
  }

  private static EngineSettings engineSettings(BrokerPorts ports) {
    return EngineSettings.of(
        "zeebe://127.0.0.1:" + ports.gateway(), URI.create("http://127.0.0.1:" + ports.rest()));
  }

  /** Where its health and metrics are served, for this machine alone. */
  public URI managementAddress() {
    return URI.create("http://127.0.0.1:" + ports.management());
  }

  /** How it is now. */
  public BrokerState state() {
    return state;
  }

  /** The id of its current or last process. */
  public long pid() {
    return process.pid();
  }

  /** The last lines of its log, for people. */
  public String logTail() {
    return process.logTail();
  }

  /** Stops it and waits for its end: orderly within 20 seconds, else by force. Idempotent. */
  @Override
  public void close() {
    stop(STOP_LIMIT);
  }

  void stop(Duration limit) {
    processLock.lock();
    try {
      stopAsked.countDown();
      if (process.alive()) {
        say(BrokerState.STOPPING, "the broker stops");
      }
      process.stop(limit);
      if (state != BrokerState.STOPPED) {
        say(BrokerState.STOPPED, "the broker has stopped");
      }
    } finally {
      processLock.unlock();
    }
  }

  private BrokerProcess startFirst() throws BrokerException, InterruptedException {
    say(BrokerState.STARTING, "the broker starts");
    long lockEnd = System.nanoTime() + lockPatience.toNanos();
    int portAttempts = 1;
    while (true) {
      files.write(ports);
      BrokerProcess started = BrokerProcess.start(settings, files, javaOptions);
      try {
        if (awaitReady(started)) {
          say(BrokerState.READY, "the broker is ready");
          return started;
        }
      } catch (InterruptedException | RuntimeException failure) {
        started.stop(STOP_LIMIT);
        throw failure;
      }
      if (started.endedByLock()) {
        waitForLock(lockEnd);
      } else if (started.endedByPort() && portAttempts < PORT_ATTEMPTS) {
        portAttempts++;
        ports = BrokerPorts.choose(settings.gatewayPort());
      } else {
        throw startFailed(started);
      }
    }
  }

  private void waitForLock(long end) throws BrokerException, InterruptedException {
    if (System.nanoTime() > end) {
      throw new BrokerException(
          Reason.FOLDER_IN_USE,
          "another broker runs on %s; stop the Segue that it belongs to, or give this one another home folder"
              .formatted(settings.folder()),
          null);
    }
    say(BrokerState.STARTING, "an earlier broker still holds the folder; waiting for its end");
    Thread.sleep(LOCK_PAUSE);
  }

  private BrokerException startFailed(BrokerProcess started) {
    boolean ended = !started.alive();
    started.stop(STOP_LIMIT);
    return new BrokerException(
        Reason.START_FAILED,
        ended
            ? "the broker ended while it started; its last words:%n%s".formatted(started.logTail())
            : "the broker wasn't ready within %d s; its last words:%n%s"
                .formatted(settings.readyLimit().toSeconds(), started.logTail()),
        null);
  }

  private boolean awaitReady(BrokerProcess started) throws InterruptedException {
    Readiness readiness =
        new Readiness(engineSettings(ports), settings.partitions(), text -> say(state, text));
    return readiness.await(
        settings.readyLimit(), () -> started.alive() && stopAsked.getCount() > 0);
  }

  /** Starts the broker again whenever it ends unasked, until there's no use in it. */
  private void watch() {
    try {
      while (true) {
        int code = process.end().join();
        if (stopAsked.getCount() == 0) {
          return;
        }
        String how = "the broker ended unexpectedly with exit code %d".formatted(code);
        LOG.warn("{}", how);
        Duration pause = restarts.crashed(clock.instant()).orElse(null);
        if (pause == null) {
          giveUp(how);
          return;
        }
        say(
            BrokerState.RESTARTING,
            "%s; it is started again in %d s".formatted(how, pause.toSeconds()));
        if (stopAsked.await(pause.toMillis(), TimeUnit.MILLISECONDS) || !restart()) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (BrokerException failure) {
      giveUp(String.valueOf(failure.getMessage()));
    }
  }

  /** False if the stop was asked for. */
  private boolean restart() throws BrokerException, InterruptedException {
    long patience = System.nanoTime() + PORT_PATIENCE.toNanos();
    while (!ports.allFree() && System.nanoTime() < patience) {
      if (stopAsked.await(200, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    BrokerProcess started;
    processLock.lock();
    try {
      if (stopAsked.getCount() == 0) {
        return false;
      }
      files.write(ports);
      started = BrokerProcess.start(settings, files, javaOptions);
      process = started;
    } finally {
      processLock.unlock();
    }
    if (awaitReady(started)) {
      say(BrokerState.READY, "the broker is ready again");
    } else if (started.alive() && stopAsked.getCount() > 0) {
      LOG.warn("the broker wasn't ready within {}; it is ended", settings.readyLimit());
      started.stop(STOP_LIMIT);
    }
    return true;
  }

  private void giveUp(String why) {
    LOG.error("{}; its last words:\n{}", why, process.logTail());
    say(
        BrokerState.FAILED,
        "%s; it isn't started again. See the log, mend the cause, and restart Segue"
            .formatted(why));
  }

  private void say(BrokerState now, String detail) {
    listenerLock.lock();
    try {
      boolean over = state == BrokerState.STOPPED || state == BrokerState.FAILED;
      if (over && now != BrokerState.STOPPED) {
        return;
      }
      state = now;
      listener.onState(now, detail);
    } finally {
      listenerLock.unlock();
    }
  }
}
