package dev.segue.plugins.alertanalysis;

/** Which way a figure is better. */
enum Better {
  /** Such as a cost. */
  LOWER,
  /** Such as a return. */
  HIGHER;

  /** Whether one value of the figure is better than another; false if either isn't known (NaN). */
  boolean isBetter(double value, double than) {
    return this == LOWER ? value < than : value > than;
  }
}
