package dev.segue.server.steps;

import java.time.Duration;

/**
 * When the jobs of a step type are held back because its plugin fails. Jobs are counted, not their
 * attempts: one job with bad data stops nobody.
 *
 * @param inARow how many different jobs have to fail one after the other
 * @param window over how many of the latest jobs the share is taken
 * @param share from which share of failed jobs in a full window on, such as 0.75
 * @param firstPause how long jobs are held back before one of them is tried
 * @param longestPause what the pause, which doubles with each trial that fails, grows to
 */
public record BreakerSettings(
    int inARow, int window, double share, Duration firstPause, Duration longestPause) {

  /** Refuses values out of range. */
  public BreakerSettings {
    if (inARow < 1 || window < 1 || share <= 0 || share > 1) {
      throw new IllegalArgumentException(
          "inARow and window must be 1 or more, share above 0 and at most 1");
    }
    if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "firstPause must be positive, and longestPause not shorter");
    }
  }

  /** 20 jobs in a row, or three quarters of the last 50; held back for 30 s to 5 minutes. */
  public static BreakerSettings defaults() {
    return new BreakerSettings(20, 50, 0.75, Duration.ofSeconds(30), Duration.ofMinutes(5));
  }
}
