package dev.segue.server.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers of this server what happened. An event may be lost when the server dies, and
 * events may overtake each other: who must not miss one uses the {@link Outbox} or reads the
 * database again. Thread-safe.
 */
public final class EventBus implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

  private record Subscription<E>(Class<E> type, Consumer<? super E> subscriber) {

    void deliver(Object event) {
      try {
        subscriber.accept(type.cast(event));
      } catch (RuntimeException e) {
        LOG.error("a subscriber failed at {}", event, e);
      }
    }
  }

  private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("event-", 0).factory());

  /**
   * Calls the subscriber, on a virtual thread of its own, for each event of the type or a subtype.
   * A failure is logged.
   */
  public <E> void subscribe(Class<E> type, Consumer<? super E> subscriber) {
    subscriptions.add(new Subscription<>(type, subscriber));
  }

  /** Tells an event now. Returns at once. */
  public void publish(Object event) {
    for (Subscription<?> subscription : subscriptions) {
      if (subscription.type().isInstance(event)) {
        try {
          executor.execute(() -> subscription.deliver(event));
        } catch (RejectedExecutionException e) {
          LOG.debug("the server stops; {} is not told any more", event);
        }
      }
    }
  }

  /** Tells an event once the transaction has committed. */
  public void publish(DSLContext tx, Object event) {
    AfterCommit.run(tx, () -> publish(event));
  }

  /** Tells nothing any more and interrupts what still runs. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
