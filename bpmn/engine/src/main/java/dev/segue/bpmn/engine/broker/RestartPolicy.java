package dev.segue.bpmn.engine.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait before a crashed broker is started again: longer with each crash of the last
 * five minutes, until there were so many that another start is no use. Not safe for threads.
 */
final class RestartPolicy {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15));
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Deque<Instant> crashes = new ArrayDeque<>();

  /** The pause before the next start, or empty to give up. */
  Optional<Duration> crashed(Instant at) {
    crashes.addLast(at);
    while (crashes.getFirst().isBefore(at.minus(WINDOW))) {
      crashes.removeFirst();
    }
    int recent = crashes.size();
    return recent > PAUSES.size() ? Optional.empty() : Optional.of(PAUSES.get(recent - 1));
  }
}
