package dev.segue.plugins.alertanalysis.cause;

/** How a figure is made of the amounts of its segments. */
public enum Measure {
  /** The numerators add up, such as conversions. */
  SUM,
  /** All numerators by all denominators, such as cost by conversions. */
  RATIO
}
