package dev.segue.server.triggers.monitors;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a series normally is at this time of its season, learnt from its own past as it goes.
 *
 * <p>As in STL (Cleveland and others, 1990, with its robust weights), a value is taken apart into
 * level, season and remainder; level and season are medians of the recent past, which a few wild
 * values don't move. The remainder is judged as Hampel's identifier does (Hampel, 1974; Davies and
 * Gather, 1993): its distance from zero in units of the median absolute deviation of past
 * remainders. Nothing looks ahead: a value is judged before it is learnt. Not thread-safe.
 */
public final class SeasonalBaseline {

  /**
   * How it learns.
   *
   * @param season how long a season is
   * @param slots into how many parts a season is divided
   * @param seasons how many past seasons count, per slot
   * @param levelPoints over how many points the level is taken
   * @param warmUp how many points are learnt before any is judged
   */
  public record Learning(Season season, int slots, int seasons, int levelPoints, int warmUp) {

    /** How many values have a part in what is normal: each remainder is judged by those before. */
    int remembered() {
      return 4 * levelPoints;
    }
  }

  /** The length of a season, in the local time of a zone. */
  public enum Season {
    /** One day. */
    DAY(1440),
    /** Seven days. */
    WEEK(10_080);

    private final int minutes;

    Season(int minutes) {
      this.minutes = minutes;
    }

    /** How long it is, clock changes apart. */
    Duration length() {
      return Duration.ofMinutes(minutes);
    }

    int slot(ZonedDateTime at, int slots) {
      int minute = at.getHour() * 60 + at.getMinute();
      if (this == WEEK) {
        minute += (at.getDayOfWeek().getValue() - 1) * 1440;
      }
      return (int) ((long) minute * slots / minutes);
    }
  }

  /**
   * What is normal for a value.
   *
   * @param expected the value that was to be expected
   * @param spread one standard deviation about it, more than 0
   */
  record Normal(double expected, double spread) {

    /** Nothing is further out: any value is, of a series that was zero all the time. */
    private static final double FURTHEST = 1e9;

    /** How many standard deviations the value is above (or, negative, below) what is normal. */
    double distance(double value) {
      return Math.clamp((value - expected) / spread, -FURTHEST, FURTHEST);
    }
  }

  /** No series is taken to be steadier than this part of its level. */
  private static final double SMALLEST = 1e-3;

  /** A wild remainder is learnt as one of this many standard deviations. */
  private static final double CLIPPED = 4;

  private final Learning learning;
  private final ZoneId zone;
  private final Medians[] offsets;
  private final Medians level;
  private final Medians remainders;
  private int learnt;

  SeasonalBaseline(Learning learning, ZoneId zone) {
    this.learning = learning;
    this.zone = zone;
    this.offsets = new Medians[learning.slots()];
    Arrays.setAll(offsets, slot -> new Medians(learning.seasons()));
    this.level = new Medians(learning.levelPoints());
    this.remainders = new Medians(learning.remembered());
  }

  /**
   * Says what was to be expected at a time, then learns the value.
   *
   * @param at later than all before
   * @param value finite
   * @return empty while too little is known
   */
  Optional<Normal> judgeAndLearn(Instant at, double value) {
    Medians slot = offsets[learning.season().slot(at.atZone(zone), offsets.length)];
    double base = level.size() == 0 ? value : level.median();
    double offset = slot.size() == 0 ? 0 : slot.median();
    double expected = base + offset;
    double remainder = value - expected;
    double spread =
        Math.max(
            remainders.size() == 0 ? 0 : remainders.spreadAboutZero(),
            Math.max(SMALLEST * Math.abs(base), Double.MIN_NORMAL));
    boolean known = learnt >= learning.warmUp();
    double clip = CLIPPED * spread;
    remainders.add(known ? Math.clamp(remainder, -clip, clip) : remainder);
    level.add(value - offset);
    slot.add(value - base);
    learnt++;
    return known ? Optional.of(new Normal(expected, spread)) : Optional.empty();
  }
}
