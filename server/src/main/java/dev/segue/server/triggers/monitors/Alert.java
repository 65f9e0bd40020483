package dev.segue.server.triggers.monitors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One incident of one group: from its opening to its end.
 *
 * @param brokenAt when the condition was first met
 * @param openedAt when that had lasted long enough; tells the alerts of a group apart
 * @param peakAt when the value was furthest out
 * @param peak the value then; NaN if there never was one
 * @param expected what it was compared with then
 * @param excess how far out it was then
 */
public record Alert(
    Instant brokenAt,
    Instant openedAt,
    Instant peakAt,
    double peak,
    double expected,
    double excess) {

  /** Keeps to numbers that can be told to others. */
  public Alert {
    excess = Math.clamp(excess, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** The first sight of one. */
  static Alert first(Instant at, @Nullable Reading reading) {
    return reading == null
        ? new Alert(at, at, at, Double.NaN, Double.NaN, 0)
        : new Alert(at, at, at, reading.value(), reading.expected(), reading.excess());
  }

  /** When it has lasted long enough. */
  Alert openedAt(Instant at) {
    return new Alert(brokenAt, at, peakAt, peak, expected, excess);
  }

  /** With a value that may be further out than any before. */
  Alert seen(Instant at, @Nullable Reading reading) {
    if (reading == null) {
      return this;
    }
    return Double.isNaN(peak) || isFurtherOut(reading)
        ? new Alert(brokenAt, openedAt, at, reading.value(), reading.expected(), reading.excess())
        : this;
  }

  private boolean isFurtherOut(Reading reading) {
    return reading.excess() > excess
        || reading.excess() == excess
            && Math.abs(reading.value() - reading.expected()) > Math.abs(peak - expected);
  }
}
