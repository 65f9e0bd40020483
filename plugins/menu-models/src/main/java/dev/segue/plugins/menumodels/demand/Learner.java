package dev.segue.plugins.menumodels.demand;

/** Learns to forecast from what is known. */
@FunctionalInterface
public interface Learner {

  /**
   * Learns.
   *
   * @param known everything that may be learnt from; it ends at the day of learning
   * @param band the horizons that the result has to serve
   * @return a forecaster for later days of the same items
   */
  Forecaster learn(DemandData known, Band band);
}
