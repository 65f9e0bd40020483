package dev.segue.server.notices;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How people are told.
 *
 * @param email the connection to write to each of them with; null to write to nobody
 * @param chat the connection to post to a channel with; null to post nowhere
 * @param step the step type that sends, with a field for each type of connection and the fields
 *     {@code subject}, {@code text} and, for emails, {@code to}
 * @param firstRetry pause after the first failure; it doubles from failure to failure
 * @param longestRetry the longest pause
 * @param patience after how long a notice that can't be sent is given up
 */
public record NoticeSettings(
    @Nullable String email,
    @Nullable String chat,
    String step,
    Duration firstRetry,
    Duration longestRetry,
    Duration patience) {

  /** With the usual patience: a day. */
  public static NoticeSettings of(@Nullable String email, @Nullable String chat, String step) {
    return new NoticeSettings(
        email, chat, step, Duration.ofSeconds(15), Duration.ofMinutes(30), Duration.ofDays(1));
  }

  boolean tellsAnybody() {
    return email != null || chat != null;
  }

  /** The pause after a failure, counted from 1. */
  Duration pause(int failures) {
    Duration pause = firstRetry.multipliedBy(1L << Math.min(20, Math.max(0, failures - 1)));
    return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
  }
}
