package dev.segue.server.bench;

import java.util.Arrays;

/** Durations of which the percentiles are asked. Thread-safe. */
final class Samples {

  private long[] nanos = new long[1024];
  private int size;

  synchronized void add(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = duration;
  }

  synchronized void addAll(Samples others) {
    for (long duration : others.copy()) {
      add(duration);
    }
  }

  private synchronized long[] copy() {
    return Arrays.copyOf(nanos, size);
  }

  /**
   * In milliseconds, by the nearest rank; NaN if there are no samples.
   *
   * @param percent 0 to 100
   */
  synchronized double percentile(double percent) {
    if (size == 0) {
      return Double.NaN;
    }
    Arrays.sort(nanos, 0, size);
    int rank = (int) Math.ceil(percent / 100 * size);
    return nanos[Math.max(0, rank - 1)] / 1e6;
  }
}
