package dev.segue.server.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection and one thread that listen for all channels, from the first listener on. */
final class Notifications implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Notifications.class);
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final int WAIT_MILLIS = 200;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration PULSE = Duration.ofSeconds(15);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final DatabaseAddress address;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;
  private volatile boolean closed;

  Notifications(DatabaseAddress address) {
    this.address = address;
  }

  synchronized AutoCloseable listen(String channel, NotificationListener listener) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("not a channel name: " + channel);
    }
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    Subscription subscription = new Subscription(channel, listener);
    subscriptions.add(subscription);
    if (thread == null) {
      thread = Thread.ofVirtual().name("notifications").start(this::run);
    }
    return () -> subscriptions.remove(subscription);
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    boolean failed = false;
    while (!closed) {
      subscriptions.forEach(Subscription::reset);
      try (Connection connection = Sessions.open(address, "segue-notifications", ANSWER)) {
        if (failed) {
          log.info("Notifications of the database arrive again");
        }
        failed = false;
        serve(connection);
      } catch (SQLException e) {
        if (closed) {
          return;
        }
        if (!failed) {
          log.warn("Notifications of the database are away, trying on: {}", e.getMessage());
        }
        failed = true;
        pause();
      }
    }
  }

  private void serve(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    Set<String> listening = new HashSet<>();
    long pulse = System.nanoTime();
    while (!closed) {
      begin(connection, listening);
      PGNotification[] arrived = postgres.getNotifications(WAIT_MILLIS);
      if (arrived != null) {
        for (PGNotification notification : arrived) {
          deliver(notification);
        }
      }
      if (System.nanoTime() - pulse > PULSE.toNanos()) {
        execute(connection, "SELECT 1");
        pulse = System.nanoTime();
      }
    }
  }

  /** Starts listening for the listeners that came since the last look. */
  private void begin(Connection connection, Set<String> listening) throws SQLException {
    for (Subscription subscription : subscriptions) {
      if (!subscription.connected) {
        if (listening.add(subscription.channel)) {
          execute(connection, "LISTEN " + subscription.channel);
        }
        subscription.connected = true;
        tell(subscription, subscription.listener::connected);
      }
    }
  }

  private void deliver(PGNotification notification) {
    for (Subscription subscription : subscriptions) {
      if (subscription.channel.equals(notification.getName())) {
        tell(subscription, () -> subscription.listener.notified(notification.getParameter()));
      }
    }
  }

  private static void tell(Subscription subscription, Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      log.error("A listener of channel {} failed", subscription.channel, e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      // Only close() interrupts, and the loop looks at its flag next.
    }
  }

  private static final class Subscription {
    private final String channel;
    private final NotificationListener listener;
    private volatile boolean connected;

    Subscription(String channel, NotificationListener listener) {
      this.channel = channel;
      this.listener = listener;
    }

    void reset() {
      connected = false;
    }
  }
}
