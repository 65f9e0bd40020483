package dev.segue.plugins.menumodels.demand;

import java.util.List;

/** Says how much will be sold. Thread-safe. */
@FunctionalInterface
public interface Forecaster {

  /**
   * Forecasts the demand of items on later days.
   *
   * @param targets what to forecast, all later than the origin
   * @param origin what is known
   * @return units per target, at least 0
   */
  double[] forecast(List<Target> targets, Origin origin);
}
