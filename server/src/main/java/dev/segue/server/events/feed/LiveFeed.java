package dev.segue.server.events.feed;

import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.EventSource;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.NotificationListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live feed of this server. It hears what all servers commit, keeps the latest events so that
 * clients can resume, and passes each on to the streams that want it. When the database was away,
 * events may have been missed, and all clients are told to read everything again. Thread-safe.
 */
public final class LiveFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final String CHANNEL = "segue_live";
  private static final int KEPT = 10_000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final String RETRY = "retry: 2000\n";

  private final AutoCloseable listening;
  private final Counter told;
  private final Counter resets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Recent recent = new Recent(KEPT);
  private final List<Backlog> clients = new CopyOnWriteArrayList<>();

  /** Listens from now on. */
  public LiveFeed(Database database, MeterRegistry meters) {
    meters.gauge("segue.events.clients", clients, List::size);
    this.told = meters.counter("segue.events.told");
    this.resets = meters.counter("segue.events.resets");
    Wire wire = new Wire();
    this.listening =
        database.listen(
            CHANNEL,
            new NotificationListener() {
              @Override
              public void notified(String payload) {
                wire.read(payload).forEach(LiveFeed.this::tell);
              }

              @Override
              public void connected() {
                startAnew();
              }
            });
  }

  /** The operation of the contract. */
  public List<Operation> operations() {
    return List.of(Operation.of("streamEvents", Role.VIEWER, this::stream));
  }

  /** Hears no more. Streams are ended by who serves them. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (Exception e) {
      LOG.warn("The channel {} could not be closed", CHANNEL, e);
    }
  }

  private ApiResponse stream(ApiRequest request) {
    Set<Topic> topics =
        request.queryAll("topic").stream()
            .flatMap(label -> Topic.of(label).stream())
            .collect(Collectors.toSet());
    Interest interest =
        new Interest(
            topics,
            request.query("run").orElse(null),
            request.query("workflow").orElse(null),
            request.query("site").orElse(null),
            request.principal().sites());
    String lastId = request.header("Last-Event-ID").filter(id -> !id.isEmpty()).orElse(null);
    return ApiResponse.events(sink -> serve(interest, lastId, sink));
  }

  private void serve(Interest interest, @Nullable String lastId, EventSource.Sink sink)
      throws InterruptedException {
    Backlog client = enter(interest, lastId);
    try {
      sink.write(lastId == null ? RETRY + "id: " + client.position() + "\n\n" : RETRY + "\n");
      while (true) {
        sink.write(client.next(HEARTBEAT));
      }
    } finally {
      clients.remove(client);
    }
  }

  /** From here on, a client misses nothing. */
  private Backlog enter(Interest interest, @Nullable String lastId) {
    lock.lock();
    try {
      Backlog client = new Backlog(interest, lastId == null ? recent.lastId() : lastId);
      if (lastId != null) {
        Optional<List<LiveEvent>> missed = recent.since(lastId);
        missed.ifPresentOrElse(
            events -> events.forEach(client::offer), () -> client.reset(recent.lastId()));
      }
      clients.add(client);
      return client;
    } finally {
      lock.unlock();
    }
  }

  private void tell(LiveEvent event) {
    lock.lock();
    try {
      recent.add(event);
      told.increment();
      clients.forEach(client -> client.offer(event));
    } finally {
      lock.unlock();
    }
  }

  private void startAnew() {
    lock.lock();
    try {
      recent.forget();
      resets.increment();
      clients.forEach(client -> client.reset(recent.lastId()));
    } finally {
      lock.unlock();
    }
  }
}
