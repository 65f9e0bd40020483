package dev.segue.server.triggers.monitors;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** When a value is out of order. */
public sealed interface Condition {

  /** Which way a value must leave the ordinary. */
  enum Direction {
    /** Upwards. */
    ABOVE,
    /** Downwards. */
    BELOW,
    /** Either way. */
    EITHER;

    /** How far it is in this direction. */
    double of(double distance) {
      return switch (this) {
        case ABOVE -> distance;
        case BELOW -> -distance;
        case EITHER -> Math.abs(distance);
      };
    }
  }

  /** Judges the values of one series, in the order of their time. Not thread-safe. */
  interface Judge {

    /**
     * Judges a value and remembers what it must.
     *
     * @param value finite
     */
    Reading read(Instant at, double value);
  }

  /** A judge that has seen nothing. */
  Judge judge();

  /** Which way is out of order. */
  Direction direction();

  /** How much history a judge needs before what it says is what it would say with all of it. */
  Duration memory();

  /**
   * Beyond a limit.
   *
   * @param direction above or below
   * @param recovery at which an alert ends; the limit itself for none
   */
  record Threshold(Direction direction, double limit, double recovery) implements Condition {

    /** Refuses a recovery level on the wrong side of the limit. */
    public Threshold {
      if (direction == Direction.EITHER) {
        throw new IllegalArgumentException("a threshold is above or below a limit");
      }
      if (direction.of(recovery - limit) > 0) {
        throw new IllegalArgumentException(
            "the recovery level %s lies beyond the limit %s".formatted(recovery, limit));
      }
    }

    @Override
    public Judge judge() {
      return (at, value) -> {
        double excess = direction.of(value - limit);
        boolean back = excess <= 0 && direction.of(value - recovery) <= 0;
        return new Reading(value, limit, excess, excess > 0, back);
      };
    }

    @Override
    public Duration memory() {
      return Duration.ZERO;
    }
  }

  /**
   * Outside of a band.
   *
   * @param margin how far inside the band a value must be for an alert to end, 0 or more
   */
  record Band(double low, double high, double margin) implements Condition {

    /** Refuses a band that nothing lies in. */
    public Band {
      if (low > high) {
        throw new IllegalArgumentException(
            "the band's low %s is above its high %s".formatted(low, high));
      }
      if (margin < 0 || 2 * margin > high - low) {
        throw new IllegalArgumentException(
            "the margin %s doesn't fit into the band".formatted(margin));
      }
    }

    @Override
    public Judge judge() {
      return (at, value) -> {
        double excess = Math.max(low - value, value - high);
        double expected = Math.clamp(value, low, high);
        return new Reading(value, expected, excess, excess > 0, excess <= -margin);
      };
    }

    @Override
    public Direction direction() {
      return Direction.EITHER;
    }

    @Override
    public Duration memory() {
      return Duration.ZERO;
    }
  }

  /**
   * Changed by more than so many per cent of what it was some time before.
   *
   * @param percent more than 0
   * @param over how long before, more than 0; compared is the latest value of at least that age
   * @param recovery per cent at which an alert ends, at most {@code percent}
   */
  record Change(Direction direction, double percent, Duration over, double recovery)
      implements Condition {

    /** Refuses what never or always holds. */
    public Change {
      if (!(percent > 0) || over.isNegative() || over.isZero() || recovery > percent) {
        throw new IllegalArgumentException(
            "a change needs a per cent and a time above zero, and a recovery of at most the per cent");
      }
    }

    @Override
    public Judge judge() {
      return new ChangeJudge(this);
    }

    @Override
    public Duration memory() {
      return over.multipliedBy(2);
    }
  }

  /**
   * Unlike what the series itself is at this time of its season.
   *
   * @param sensitivity how many standard deviations are out of order, more than 0
   * @param recovery how many are in order again, at most {@code sensitivity}
   * @param learning how the ordinary is learnt
   * @param zone by whose clock a season runs
   */
  record Anomaly(
      Direction direction,
      double sensitivity,
      double recovery,
      SeasonalBaseline.Learning learning,
      ZoneId zone)
      implements Condition {

    /** Refuses what never or always holds. */
    public Anomaly {
      if (!(sensitivity > 0) || recovery > sensitivity) {
        throw new IllegalArgumentException(
            "the sensitivity must be above zero and the recovery at most as high");
      }
    }

    @Override
    public Judge judge() {
      SeasonalBaseline baseline = new SeasonalBaseline(learning, zone);
      return (at, value) ->
          baseline
              .judgeAndLearn(at, value)
              .map(
                  normal -> {
                    double distance = direction.of(normal.distance(value));
                    return new Reading(
                        value,
                        normal.expected(),
                        distance - sensitivity,
                        distance > sensitivity,
                        distance <= recovery);
                  })
              .orElseGet(() -> Reading.unknown(value));
    }

    @Override
    public Duration memory() {
      Duration season = learning.season().length();
      Duration seasons = season.multipliedBy(learning.seasons() + 1L);
      // With about a value for each slot, which daily ones have in a week of seven.
      Duration values = season.dividedBy(learning.slots()).multipliedBy(learning.remembered());
      return values.compareTo(seasons) > 0 ? values : seasons;
    }
  }

  /** Remembers as many values as lie within the time of a change. */
  final class ChangeJudge implements Judge {

    private record Past(Instant at, double value) {}

    /** Per cent; what was next to nothing before can't change by more. */
    private static final double MOST = 1e12;

    private final Change change;
    private final Deque<Past> past = new ArrayDeque<>();

    private ChangeJudge(Change change) {
      this.change = change;
    }

    @Override
    public Reading read(Instant at, double value) {
      OptionalDouble before = before(at.minus(change.over()));
      past.addLast(new Past(at, value));
      if (before.isEmpty() || before.getAsDouble() == 0) {
        return Reading.unknown(value);
      }
      double was = before.getAsDouble();
      double moved =
          change.direction().of(Math.clamp(100 * (value - was) / Math.abs(was), -MOST, MOST));
      double excess = moved - change.percent();
      return new Reading(value, was, excess, excess > 0, moved <= change.recovery());
    }

    /** The latest value up to a time; those before it are forgotten. */
    private OptionalDouble before(Instant limit) {
      OptionalDouble found = OptionalDouble.empty();
      while (past.size() > 1) {
        Past first = past.removeFirst();
        if (past.getFirst().at().isAfter(limit)) {
          past.addFirst(first);
          break;
        }
      }
      if (!past.isEmpty() && !past.getFirst().at().isAfter(limit)) {
        found = OptionalDouble.of(past.getFirst().value());
      }
      return found;
    }
  }
}
