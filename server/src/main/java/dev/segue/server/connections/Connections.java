package dev.segue.server.connections;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.server.connections.ConnectionException.Kind;
import dev.segue.server.connections.ConnectionView.Health;
import dev.segue.server.secrets.SecretException;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, changes and resolves connections. Secret fields go sealed into the secret store; what
 * comes out for people never holds one. Thread-safe; every call may block.
 */
public final class Connections {

  /** How old settings may be while the database is away. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Database database;
  private final SecretStore secrets;
  private final ConnectionTypes types;
  private final Map<String, Cached> cache = new ConcurrentHashMap<>();

  /** Knows the types that the loaded plugins offer. */
  public Connections(Database database, SecretStore secrets, ConnectionTypes types) {
    this.database = database;
    this.secrets = secrets;
    this.types = types;
  }

  /** Lists all connections, ordered by name. */
  public List<ConnectionView> list() {
    return ConnectionRows.list(database.jooq()).stream().map(ConnectionRows::view).toList();
  }

  /** Finds a connection by its name. */
  public Optional<ConnectionView> find(String name) {
    return ConnectionRows.find(database.jooq(), name, false).map(ConnectionRows::view);
  }

  /**
   * Creates a connection.
   *
   * @param name 2 to 60 characters of {@code [a-z0-9-]}
   * @param type {@code plugin:type} of a loaded plugin
   * @param settings all fields, secret ones included
   * @param by who does it
   * @throws ConnectionException if the name is taken, or name, type or settings are wrong
   */
  public ConnectionView create(String name, String type, ObjectNode settings, String by) {
    if (!name.matches("[a-z0-9-]{2,60}")) {
      throw new ConnectionException(
          Kind.INVALID,
          "The name '"
              + name
              + "' must be of 2 to 60 lower-case letters, digits and hyphens, such as square-main.");
    }
    Split split = Split.of(requireType(type), settings, Map.of());
    ConnectionView created =
        database.transaction(
            tx -> {
              Map<String, UUID> ids = seal(tx, split.secrets(), new HashMap<>());
              if (!ConnectionRows.insert(tx, name, type, split.fields(), ids, by)) {
                throw new ConnectionException(
                    Kind.EXISTS, "There is a connection '" + name + "' already.");
              }
              return ConnectionRows.view(ConnectionRows.find(tx, name, false).orElseThrow());
            });
    cache.remove(name);
    return created;
  }

  /**
   * Replaces a connection's settings. A secret field that is missing keeps its value.
   *
   * @param version as last seen, so that nobody's change is overwritten unseen
   * @throws ConnectionException if it is gone, was changed since, or the settings are wrong
   */
  public ConnectionView update(String name, ObjectNode settings, int version, String by) {
    ConnectionView updated =
        database.transaction(
            tx -> {
              ConnectionRows.Row row = requireVersion(tx, name, version);
              Split split = Split.of(requireType(row.type()), settings, row.secretIds());
              Map<String, UUID> ids = new LinkedHashMap<>(row.secretIds());
              List<UUID> replaced =
                  split.secrets().keySet().stream().map(ids::get).filter(Objects::nonNull).toList();
              ConnectionRows.update(tx, name, split.fields(), seal(tx, split.secrets(), ids), by);
              secrets.remove(tx, replaced);
              return ConnectionRows.view(ConnectionRows.find(tx, name, false).orElseThrow());
            });
    cache.remove(name);
    return updated;
  }

  /** Removes a connection and its secrets; nothing happens if it isn't there. */
  public void remove(String name) {
    database.inTransaction(
        tx ->
            ConnectionRows.find(tx, name, true)
                .ifPresent(
                    row -> {
                      ConnectionRows.delete(tx, name);
                      ConnectionRows.clearAlarm(tx, name);
                      secrets.remove(tx, row.secretIds().values());
                    }));
    cache.remove(name);
  }

  /** Keeps steps from using a connection, or lets them again; running steps go on. */
  public void pause(String name, boolean paused, String by) {
    database.inTransaction(
        tx -> {
          if (!ConnectionRows.pause(tx, name, paused, by)) {
            throw notFound(name);
          }
          if (!paused) {
            ConnectionRows.clearAlarm(tx, name);
          }
        });
    cache.remove(name);
  }

  /** Notes what a test of a connection found, and how long it took. */
  public void tested(String name, boolean works, String message, Duration took) {
    ConnectionRows.health(
        database.jooq(), name, works ? Health.WORKS : Health.FAILS, message, took);
  }

  /**
   * Gives a connection's settings with its secrets in clear: for the binder of the step that names
   * it, never to be kept or shown. They are as they stand in the database now; only while it is
   * away, they may be a few seconds old.
   *
   * @param type the type that the step asks for
   * @throws ConnectionException if there is none of that name and type, or if it is paused
   */
  public JsonNode settings(String name, String type) {
    Cached cached = current(name);
    if (!cached.type.equals(type)) {
      throw new ConnectionException(
          Kind.INVALID,
          "the connection '%s' is of the type %s, but the step needs one of the type %s"
              .formatted(name, cached.type, type));
    }
    if (cached.paused) {
      throw new ConnectionException(
          Kind.PAUSED, "the connection '" + name + "' is paused; resume it first");
    }
    return cached.settings.deepCopy();
  }

  private Cached current(String name) {
    Cached known = cache.get(name);
    if (known == null) {
      Cached loaded = load(name);
      cache.put(name, loaded);
      return loaded;
    }
    int version;
    try {
      version =
          ConnectionRows.version(database.jooq(), name)
              .orElseThrow(
                  () -> {
                    cache.remove(name);
                    return notFound(name);
                  });
    } catch (DataAccessException e) {
      if (known.isStale()) {
        throw e;
      }
      return known;
    }
    Cached now = version == known.version ? known.checkedNow() : load(name);
    cache.put(name, now);
    return now;
  }

  /** Whether steps are kept from using it; false if there is none of that name. */
  public boolean isPaused(String name) {
    try {
      return current(name).paused;
    } catch (ConnectionException | SecretException e) {
      return false;
    }
  }

  /** Notes that a step waits until a paused connection is resumed: an alarm, once. */
  public void waitedFor(String name) {
    Cached known = cache.get(name);
    if (known != null && known.alarmed.compareAndSet(false, true)) {
      try {
        ConnectionRows.raiseAlarm(database.jooq(), name);
      } catch (DataAccessException e) {
        // Whoever waits next raises it; to wait is right in any case.
        known.alarmed.set(false);
      }
    }
  }

  private Cached load(String name) {
    ConnectionRows.Row row =
        ConnectionRows.find(database.jooq(), name, false).orElseThrow(() -> notFound(name));
    Map<UUID, String> clear = secrets.open(database.jooq(), row.secretIds().values());
    ObjectNode settings = row.fields().deepCopy();
    row.secretIds()
        .forEach(
            (field, id) -> {
              String value = clear.get(id);
              if (value != null) {
                settings.put(field, value);
              }
            });
    return new Cached(
        row.version(), row.type(), row.paused(), settings, System.nanoTime(), new AtomicBoolean());
  }

  private ConnectionDescriptor requireType(String type) {
    return types
        .connectionType(type)
        .orElseThrow(
            () ->
                new ConnectionException(
                    Kind.INVALID,
                    "No installed plugin offers connections of the type '%s'. Install the plugin, or choose another type."
                        .formatted(type)));
  }

  private static ConnectionRows.Row requireVersion(DSLContext tx, String name, int version) {
    ConnectionRows.Row row = ConnectionRows.find(tx, name, true).orElseThrow(() -> notFound(name));
    if (row.version() != version) {
      throw new ConnectionException(
          Kind.CHANGED,
          "The connection '%s' was changed by %s in the meantime. Look at it again, then repeat your change."
              .formatted(name, row.updatedBy()));
    }
    return row;
  }

  private Map<String, UUID> seal(
      DSLContext tx, Map<String, String> clear, Map<String, UUID> known) {
    Map<String, UUID> ids = new LinkedHashMap<>(known);
    clear.forEach((field, value) -> ids.put(field, secrets.add(tx, value)));
    return ids;
  }

  private static ConnectionException notFound(String name) {
    return new ConnectionException(
        Kind.NOT_FOUND, "there is no connection '" + name + "'; create it, or name another");
  }

  /** Settings in clear, with the version of the row and when that was last seen. */
  private record Cached(
      int version,
      String type,
      boolean paused,
      ObjectNode settings,
      long checkedAt,
      AtomicBoolean alarmed) {

    boolean isStale() {
      return System.nanoTime() - checkedAt > FRESH.toNanos();
    }

    Cached checkedNow() {
      return new Cached(version, type, paused, settings, System.nanoTime(), alarmed);
    }

    @Override
    public String toString() {
      return "settings of a " + type;
    }
  }
}
