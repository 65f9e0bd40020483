package dev.segue.runtime.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a plugin's code that has not ended, as of a moment.
 *
 * @param name whose code it is
 * @param thread the thread that it has to itself
 * @param running since when it runs
 * @param abandoned since when nobody waits for it any more, for it heeds no interrupt; null if
 *     somebody does
 */
public record RunningCall(
    CallName name, Thread thread, Duration running, @Nullable Duration abandoned) {

  /**
   * Looks where the call is now.
   *
   * @param most how many lines to give at most
   * @return the topmost frames, such as {@code bakery.Oven.heat(Oven.java:12)}; empty if it has
   *     ended meanwhile
   */
  public List<String> stackTop(int most) {
    return Arrays.stream(thread.getStackTrace())
        .limit(most)
        .map(StackTraceElement::toString)
        .toList();
  }
}
