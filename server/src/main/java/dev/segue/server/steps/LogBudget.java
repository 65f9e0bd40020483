package dev.segue.server.steps;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** How many lines a plugin may log per second. What is over is dropped, and counted once. */
final class LogBudget {

  private static final int LINES_PER_SECOND = 200;

  private long second;
  private int spent;
  private int dropped;

  synchronized boolean spend(Logger log) {
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (now != second) {
      if (dropped > 0) {
        log.warn("{} lines of this plugin were dropped, since it logs too much", dropped);
      }
      second = now;
      spent = 0;
      dropped = 0;
    }
    if (spent >= LINES_PER_SECOND) {
      dropped++;
      return false;
    }
    spent++;
    return true;
  }
}
