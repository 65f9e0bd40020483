package dev.segue.server.triggers.schedules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a schedule that is due at a site: which of its times fire, which were missed for
 * good, and when it is due next.
 *
 * @param fires the times to fire now, in their order
 * @param dropped the times that are not made up for; empty if there are none
 * @param nextDue when it is due next
 */
record DuePlan(List<Instant> fires, Optional<Dropped> dropped, Instant nextDue) {

  /** A time that is at most that late is no missed one: a busy server may need a while. */
  static final Duration ON_TIME = Duration.ofMinutes(5);

  /** What was missed longer ago is never made up for. */
  static final Duration HORIZON = Duration.ofDays(31);

  DuePlan {
    fires = List.copyOf(fires);
  }

  /**
   * Times that are not made up for.
   *
   * @param count how many, as far as they were counted
   * @param last the newest
   */
  record Dropped(long count, Instant first, Instant last) {

    Dropped and(Instant time) {
      return new Dropped(count + 1, first, time);
    }

    static Dropped with(Optional<Dropped> before, Instant time) {
      return before.map(one -> one.and(time)).orElseGet(() -> new Dropped(1, time, time));
    }
  }

  /**
   * Makes the plan.
   *
   * @param due when it is due, by its row
   * @param now no earlier than {@code due}
   */
  static DuePlan of(
      ScheduleSettings settings, Jitter jitter, ZoneId zone, Instant due, Instant now) {
    int keep =
        switch (settings.missed()) {
          case ALL -> settings.missedLimit();
          case LAST -> 1;
          case NONE -> 0;
        };
    Deque<Instant> missed = new ArrayDeque<>();
    List<Instant> onTime = new ArrayList<>();
    Optional<Dropped> dropped = Optional.empty();
    Instant at = due;
    if (due.isBefore(now.minus(HORIZON))) {
      dropped = Optional.of(new Dropped(1, due, due));
      at = settings.cron().next(now.minus(HORIZON), zone);
    }
    for (; !jitter.fireAt(at).isAfter(now); at = settings.cron().next(at, zone)) {
      if (!jitter.fireAt(at).plus(ON_TIME).isBefore(now)) {
        onTime.add(at);
        continue;
      }
      missed.addLast(at);
      if (missed.size() > keep) {
        dropped = Optional.of(Dropped.with(dropped, missed.removeFirst()));
      }
    }
    if (settings.missed() == ScheduleSettings.Missed.LAST && !onTime.isEmpty()) {
      for (Instant older : missed) {
        dropped = Optional.of(Dropped.with(dropped, older));
      }
      missed.clear();
    }
    List<Instant> fires = new ArrayList<>(missed);
    fires.addAll(onTime);
    return new DuePlan(fires, dropped, at);
  }
}
