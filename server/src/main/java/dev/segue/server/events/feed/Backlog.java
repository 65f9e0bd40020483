package dev.segue.server.events.feed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * What one client has yet to get. While it is slow, a later event takes the place of an earlier one
 * about the same thing; once that is of no help either, all is dropped and the client is told to
 * read everything again. Thread-safe.
 */
final class Backlog {

  private static final int MOST = 1_000;

  private final Interest interest;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final LinkedHashMap<LiveEvent.Key, LiveEvent> pending = new LinkedHashMap<>();
  private String position;
  private boolean reset;

  /**
   * Begins empty.
   *
   * @param position the id of the last event that the client needs no more
   */
  Backlog(Interest interest, String position) {
    this.interest = interest;
    this.position = position;
  }

  /** From where a client goes on that has got nothing yet. */
  String position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an event that the client may or may not be interested in. */
  void offer(LiveEvent event) {
    lock.lock();
    try {
      position = event.id();
      if (!interest.covers(event)) {
        return;
      }
      pending.remove(event.key());
      pending.put(event.key(), event);
      if (pending.size() > MOST) {
        pending.clear();
        reset = true;
      }
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Something was missed: the client must read everything again, and go on from there. */
  void reset(String from) {
    lock.lock();
    try {
      pending.clear();
      reset = true;
      position = from;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What to send next, in the format of {@code text/event-stream}. Waits for it.
   *
   * @param patience after which there is a heartbeat, which also says how far the client has come
   */
  String next(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (pending.isEmpty() && !reset && nanos > 0) {
        nanos = news.awaitNanos(nanos);
      }
      String text = reset ? resetTo(position) : pending.isEmpty() ? heartbeat(position) : frames();
      // What the client reads after a reset is newer than all that was pending.
      pending.clear();
      reset = false;
      return text;
    } finally {
      lock.unlock();
    }
  }

  private String frames() {
    return pending.values().stream().map(LiveEvent::frame).collect(Collectors.joining());
  }

  private static String resetTo(String id) {
    return "id: " + id + "\nevent: reset\ndata: {\"topic\":\"reset\"}\n\n";
  }

  private static String heartbeat(String id) {
    return ": still here\nid: " + id + "\n\n";
  }
}
