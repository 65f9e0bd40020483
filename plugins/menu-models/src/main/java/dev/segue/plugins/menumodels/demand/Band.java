package dev.segue.plugins.menumodels.demand;

import java.util.List;

/**
 * A span of horizons that one model serves.
 *
 * @param from the least days ahead, at least 1
 * @param to the most days ahead
 */
public record Band(int from, int to) {

  /** How many days ahead can be forecast. */
  public static final int FURTHEST = 14;

  /** The day ahead has a model of its own, because yesterday tells the most about it. */
  public static final List<Band> ALL = List.of(new Band(1, 1), new Band(2, FURTHEST));

  /** Checks the span. */
  public Band {
    if (from < 1 || to < from || to > FURTHEST) {
      throw new IllegalArgumentException(
          "a band of horizons lies within 1 to " + FURTHEST + ", unlike " + from + " to " + to);
    }
  }

  /** Tells whether a horizon lies within the band. */
  public boolean contains(int horizon) {
    return horizon >= from && horizon <= to;
  }
}
