package dev.segue.server.app;

import dev.segue.bpmn.engine.Engine;
import dev.segue.server.app.Capabilities.Foundation;
import dev.segue.server.app.Settings.EngineChoice;
import dev.segue.server.app.sample.SampleInstaller;
import dev.segue.server.http.ApiServer;
import dev.segue.server.http.Contract;
import dev.segue.server.http.Json;
import dev.segue.server.http.Metrics;
import dev.segue.server.http.ui.UiFiles;
import dev.segue.server.people.People;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server: database, engine, capabilities and HTTP, started and stopped in order. */
public final class SegueServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SegueServer.class);
  private static final Duration TIDY = Duration.ofHours(1);

  private final Home home;
  private final Settings settings;
  private final Distribution distribution;
  private final Progress progress;
  private final Running running = new Running();
  private volatile String url = "";
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Prepares a server that has started nothing yet.
   *
   * @param home stays the caller's, who closes it after the server
   * @param progress is told what happens
   */
  public SegueServer(Home home, Settings settings, Distribution distribution, Progress progress) {
    this.home = home;
    this.settings = settings;
    this.distribution = distribution;
    this.progress = progress;
  }

  /**
   * Starts everything and returns when it serves. To be called once; an interrupt ends the attempt.
   *
   * @throws StartException if something is in the way; nothing is left running then
   */
  public void start() throws StartException, InterruptedException {
    boolean started = false;
    try {
      startAll();
      started = true;
    } catch (StorageException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException | UncheckedIOException e) {
      throw new StartException(
          "The home folder %s can't be written (%s). Make room, or make it writable for this account."
              .formatted(home.folder(), e),
          e);
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /** Where it listens, such as {@code http://127.0.0.1:8585}. */
  public String url() {
    return url;
  }

  /** Waits until somebody closes it. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Stops everything that it started. Further calls do nothing. */
  @Override
  public void close() {
    running.stop(progress);
    stopped.countDown();
  }

  private void startAll() throws StartException, InterruptedException, IOException {
    // Looked at first, since database and engine take their time to start.
    try {
      ApiServer.expectFree(settings.http().listen());
    } catch (ApiServer.PortTakenException e) {
      throw portTaken(e);
    }
    Database database = DatabaseStart.open(home, settings, running, progress);
    People people = new People(database, Clock.systemUTC(), settings.http().secureCookies());
    home.previousServerId().ifPresent(previous -> Heartbeat.bury(database, previous));
    running.add(
        "the heartbeat", Heartbeat.start(database, home.serverId(), hostName(), Version.CURRENT));
    prepareAccounts(people);
    Engine engine =
        new EngineStart(home, distribution, database, running, progress).connect(settings.engine());
    Metrics metrics = running.add("metrics", new Metrics());
    Contract contract = Contract.load();
    Health health = new Health(database, engine);
    progress.step("loading plugins and workflows");
    Capabilities capabilities =
        new Capabilities(
            new Foundation(
                home,
                settings,
                distribution,
                database,
                engine,
                metrics,
                contract,
                health,
                () -> url),
            people,
            running);
    listen(capabilities, metrics, contract, health);
    capabilities.start();
    running.add("housekeeping", housekeeping(people));
    if (settings.engine() instanceof EngineChoice.Embedded) {
      running.add("the engine's cache", EngineCache.start(home, distribution.zeebe()));
    }
    health.started();
    writeServerFile();
    installSample();
    LOG.info("Segue {} serves at {}", Version.CURRENT, url);
  }

  /** Not waited for: who starts a server wants to sign in, not to watch a sample being made. */
  private void installSample() {
    SampleInstaller sample =
        new SampleInstaller(distribution.folder(), home.folder(), Clock.systemUTC());
    if (!settings.sample() || !sample.isDue()) {
      return;
    }
    Thread installing =
        Thread.ofVirtual()
            .name("sample")
            .start(
                () -> {
                  try {
                    String token = Files.readString(home.resolve(Home.TOKEN_FILE)).strip();
                    String run =
                        sample.install(
                            URI.create(url), token, line -> LOG.info("Sample: {}", line));
                    LOG.info("Sample: its first run is {}", run);
                  } catch (IOException e) {
                    LOG.warn("The sample could not be set up; it is tried at the next start", e);
                  } catch (InterruptedException e) {
                    LOG.info("The sample is finished at the next start");
                  }
                });
    running.add("the sample", installing::interrupt);
  }

  private void prepareAccounts(People people) throws IOException {
    people.ensureAdministrator(
        first -> {
          try {
            home.write(Home.PASSWORD_FILE, first.password());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    home.write(Home.TOKEN_FILE, people.newLocalToken(hostName() + ":" + home.folder()));
  }

  private void listen(Capabilities capabilities, Metrics metrics, Contract contract, Health health)
      throws StartException, IOException {
    progress.step("opening the door");
    Set<String> unanswered = ApiServer.unanswered(contract, capabilities.operations());
    if (!unanswered.isEmpty()) {
      throw new IllegalStateException("Nobody answers the operations " + unanswered + ".");
    }
    ApiServer api;
    try {
      api =
          ApiServer.start(
              settings.http().listen(),
              new ApiServer.Parts(
                  contract,
                  capabilities.operations(),
                  capabilities.people().authenticator(),
                  capabilities.people().idempotency(),
                  new Faults(),
                  health,
                  metrics,
                  UiFiles.of("ui")));
    } catch (ApiServer.PortTakenException e) {
      throw portTaken(e);
    }
    running.add("HTTP", api);
    url = "http://" + urlHost(settings.http().host()) + ":" + api.port();
  }

  private StartException portTaken(ApiServer.PortTakenException taken) {
    return new StartException(
        "%s Stop it, or choose another one: segue up --port N, or http.port in %s."
            .formatted(taken.getMessage(), home.resolve(Home.SETTINGS_FILE)),
        taken);
  }

  private void writeServerFile() throws IOException {
    home.write(
        Home.SERVER_FILE,
        Json.text(
            Json.object()
                .put("pid", ProcessHandle.current().pid())
                .put("url", url)
                .put("startedAt", Instant.now().toString())));
    running.add("the server file", () -> home.remove(Home.SERVER_FILE));
  }

  private static String urlHost(String host) {
    return switch (host) {
      case "0.0.0.0", "::" -> "localhost";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }

  private static ScheduledExecutorService housekeeping(People people) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("segue-housekeeping").factory());
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            people.tidy();
          } catch (RuntimeException e) {
            LOG.warn("housekeeping failed; it is tried again in an hour", e);
          }
        },
        TIDY.toMinutes(),
        TIDY.toMinutes(),
        TimeUnit.MINUTES);
    return timer;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
