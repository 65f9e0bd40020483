package dev.segue.server.app;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.Topology;
import dev.segue.server.http.Readiness;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** How the parts of this server are. Asks them at most once a second. Thread-safe. */
final class Health implements Readiness {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Database database;
  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private long askedAt;
  private List<Component> known = List.of();
  private volatile boolean started;

  Health(Database database, Engine engine) {
    this.database = database;
    this.engine = engine;
  }

  /** A part of the server. */
  record Component(String name, State state, @Nullable String detail) {
    boolean ready() {
      return state == State.READY;
    }
  }

  /** How a part is. */
  enum State {
    READY,
    NOT_READY
  }

  /** From now on, the server as a whole has started. */
  void started() {
    started = true;
  }

  @Override
  public boolean ready() {
    return components().stream().allMatch(Component::ready);
  }

  List<Component> components() {
    lock.lock();
    try {
      if (known.isEmpty() || System.nanoTime() - askedAt > FRESH.toNanos()) {
        known =
            List.of(
                started
                    ? new Component("server", State.READY, null)
                    : new Component("server", State.NOT_READY, "still starting"),
                database(),
                engine());
        askedAt = System.nanoTime();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private Component database() {
    try {
      database.jooq().fetch("select 1");
      return new Component("database", State.READY, null);
    } catch (DataAccessException e) {
      return new Component("database", State.NOT_READY, "it doesn't answer");
    }
  }

  private Component engine() {
    try {
      Topology topology = engine.topology();
      return topology.ready()
          ? new Component("engine", State.READY, "Zeebe " + topology.gatewayVersion())
          : new Component("engine", State.NOT_READY, "a partition has no healthy leader");
    } catch (EngineException e) {
      return new Component("engine", State.NOT_READY, "it doesn't answer");
    }
  }
}
