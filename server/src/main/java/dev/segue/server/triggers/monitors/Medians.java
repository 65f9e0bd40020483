package dev.segue.server.triggers.monitors;

import java.util.Arrays;

/** The last values of something, and what is typical of them. Not thread-safe. */
final class Medians {

  /** Makes the median absolute deviation of a normal distribution its standard deviation. */
  private static final double NORMAL = 1.4826;

  private final double[] ring;
  private int size;
  private int next;

  /**
   * Remembers nothing yet.
   *
   * @param capacity how many values are remembered, at least 1
   */
  Medians(int capacity) {
    this.ring = new double[capacity];
  }

  void add(double value) {
    ring[next] = value;
    next = (next + 1) % ring.length;
    size = Math.min(size + 1, ring.length);
  }

  int size() {
    return size;
  }

  /** The middle of the values; NaN if there is none. */
  double median() {
    return middle(Arrays.copyOf(ring, size));
  }

  /** How far the values typically are from their median, as a standard deviation. */
  double spread() {
    double[] values = Arrays.copyOf(ring, size);
    double middle = middle(values);
    for (int i = 0; i < size; i++) {
      values[i] = Math.abs(values[i] - middle);
    }
    return NORMAL * middle(values);
  }

  /** As {@link #spread()}, where the values are known to lie about zero. */
  double spreadAboutZero() {
    double[] values = Arrays.copyOf(ring, size);
    for (int i = 0; i < size; i++) {
      values[i] = Math.abs(values[i]);
    }
    return NORMAL * middle(values);
  }

  private static double middle(double[] values) {
    int count = values.length;
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
  }
}
