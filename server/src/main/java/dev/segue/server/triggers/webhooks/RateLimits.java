package dev.segue.server.triggers.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often things may happen within a minute, on this server. Thread-safe. */
final class RateLimits {

  private static final double MINUTE = 60_000;
  private static final int MOST_KEPT = 20_000;

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** What may still happen as of a time. */
  private record Bucket(double left, Instant at) {}

  /**
   * Counts one.
   *
   * @return zero if it may happen; otherwise after which time
   */
  synchronized Duration take(String what, int perMinute, Instant now) {
    Bucket bucket = buckets.getOrDefault(what, new Bucket(perMinute, now));
    double passed = Math.max(0, Duration.between(bucket.at(), now).toMillis());
    double left = Math.min(perMinute, bucket.left() + passed * perMinute / MINUTE);
    if (left < 1) {
      return Duration.ofMillis((long) Math.ceil((1 - left) * MINUTE / perMinute));
    }
    buckets.put(what, new Bucket(left - 1, now));
    return Duration.ZERO;
  }
}
