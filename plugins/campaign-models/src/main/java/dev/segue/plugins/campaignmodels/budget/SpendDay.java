package dev.segue.plugins.campaignmodels.budget;

/**
 * One day of one campaign.
 *
 * @param cost what was spent, at least 0
 * @param yield what came of it, conversions or revenue, at least 0
 */
public record SpendDay(double cost, double yield) {

  /** Refuses what no day can have. */
  public SpendDay {
    if (!(cost >= 0 && yield >= 0 && Double.isFinite(cost + yield))) {
      throw new IllegalArgumentException(
          "a day's cost and yield must be at least 0, not " + cost + " and " + yield);
    }
  }
}
