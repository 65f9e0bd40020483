package dev.segue.server.runs.history;

import java.time.Duration;

/**
 * How the projection works.
 *
 * @param batchSize the most records in one transaction
 * @param poll after how long it looks for records though nobody told of any
 * @param keepRecords for how many days the records themselves are kept; what was projected from
 *     them stays. At least 1
 */
public record ProjectorSettings(int batchSize, Duration poll, int keepRecords) {

  /** 4,000 records, 1 s, 7 days. */
  public static final ProjectorSettings DEFAULT =
      new ProjectorSettings(4000, Duration.ofSeconds(1), 7);

  public ProjectorSettings {
    if (batchSize < 1 || keepRecords < 1 || !poll.isPositive()) {
      throw new IllegalArgumentException("batchSize, poll and keepRecords must be positive");
    }
  }
}
