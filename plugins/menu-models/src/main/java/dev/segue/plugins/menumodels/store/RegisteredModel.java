package dev.segue.plugins.menumodels.store;

import dev.segue.plugins.menumodels.demand.Accuracy;
import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.model.Algorithm;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the register knows of a model.
 *
 * @param siteId the site whose demand it learnt
 * @param trainingKey identifies the step that trained it
 * @param algorithm what it is made of
 * @param sha256 the hash of its artifact
 * @param featureVersion the version of the features it learnt from
 * @param dataFrom the first day it learnt from
 * @param dataTo the last one
 * @param dataSha256 the hash of the sales it learnt from
 * @param items how many items it met
 * @param beatsNaive whether it forecast better than the best naive method
 * @param intervals how far off it was, per band of {@link Band#ALL}
 * @param accuracies its accuracy beside the naive methods
 * @param trainedAt the run's now
 */
public record RegisteredModel(
    String siteId,
    String trainingKey,
    Algorithm algorithm,
    String sha256,
    int featureVersion,
    LocalDate dataFrom,
    LocalDate dataTo,
    String dataSha256,
    int items,
    boolean beatsNaive,
    List<Interval> intervals,
    List<Accuracy> accuracies,
    Instant trainedAt) {

  /** Copies the lists. */
  public RegisteredModel {
    intervals = List.copyOf(intervals);
    accuracies = List.copyOf(accuracies);
  }

  /**
   * Between what most errors lay: one in ten was below, one in ten above.
   *
   * @param low the logarithm of one plus the actual less that of one plus the forecast
   * @param high as above
   */
  public record Interval(double low, double high) {

    /** Tells the low end around a forecast. */
    public double lowOf(double forecast) {
      return Math.max(0, Math.expm1(Math.log1p(forecast) + low));
    }

    /** Tells the high end around a forecast. */
    public double highOf(double forecast) {
      return Math.max(0, Math.expm1(Math.log1p(forecast) + high));
    }
  }

  /** Finds the interval for a horizon; a horizon beyond all bands has that of the last. */
  public Interval interval(int horizon) {
    for (int i = 0; i < Band.ALL.size(); i++) {
      if (Band.ALL.get(i).contains(horizon)) {
        return intervals.get(i);
      }
    }
    return intervals.getLast();
  }
}
