package dev.segue.server.triggers.schedules;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By how much the firings of a trigger at a site are put off, so that not all begin at once: by how
 * much is scattered, but always the same for the same firing.
 *
 * @param most zero to put off nothing
 */
record Jitter(String triggerId, @Nullable String siteId, Duration most) {

  /** When what is due then is to fire. */
  Instant fireAt(Instant due) {
    if (most.isZero()) {
      return due;
    }
    long hash = due.getEpochSecond();
    for (char c : (triggerId + "\n" + siteId).toCharArray()) {
      hash = (hash ^ c) * 0x100000001b3L;
    }
    // Spreads what differs in few bits, such as the same hour of other days.
    hash = (hash ^ (hash >>> 31)) * 0x9e3779b97f4a7c15L;
    hash ^= hash >>> 29;
    return due.plusMillis(Math.floorMod(hash, most.toMillis() + 1));
  }
}
