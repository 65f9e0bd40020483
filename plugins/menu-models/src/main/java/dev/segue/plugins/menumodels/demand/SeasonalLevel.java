package dev.segue.plugins.menumodels.demand;

import java.util.Arrays;

/**
 * The usual level of an item on a weekday, as the logarithm of one plus the quantity, and how far
 * each day was off it.
 *
 * <p>The level is a mean over the last {@value #WEEKS} known days of that weekday, the nearer ones
 * weighing more, without holidays and their eves. A day's residual compares it with the level that
 * could have been told the day before, so that it is known as soon as the day itself is.
 */
final class SeasonalLevel {

  private static final int WEEKS = 6;
  private static final int LOOK_BACK_WEEKS = 12;
  private static final double DECAY = 0.8;
  private static final int FALLBACK_DAYS = 60;
  private static final int FALLBACK_COUNT = 4;

  private final DemandHistory history;
  private final boolean[] unusual;
  private final double[][] residuals;
  private final double[] siteResiduals;

  SeasonalLevel(DemandHistory history, Surroundings surroundings) {
    this.history = history;
    this.unusual = new boolean[history.days()];
    for (int day = 0; day < unusual.length; day++) {
      unusual[day] = surroundings.unusual(history.date(day));
    }
    this.residuals = new double[history.items().size()][history.days()];
    for (int item = 0; item < residuals.length; item++) {
      for (int day = 0; day < history.days(); day++) {
        residuals[item][day] = Math.log1p(history.quantity(item, day)) - level(item, day, day - 1);
      }
    }
    this.siteResiduals = new double[history.days()];
    Arrays.setAll(siteResiduals, this::meanOverItems);
  }

  private double meanOverItems(int day) {
    double sum = 0;
    int count = 0;
    for (double[] row : residuals) {
      if (!Double.isNaN(row[day])) {
        sum += row[day];
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /**
   * Tells the usual level of a day as seen from an earlier one.
   *
   * @return a logarithm, or NaN if nothing was known
   */
  double level(int item, int day, int origin) {
    double sum = 0;
    double weights = 0;
    double weight = 1;
    int found = 0;
    for (int back = 7; back <= 7 * LOOK_BACK_WEEKS && found < WEEKS; back += 7) {
      int earlier = day - back;
      if (earlier < 0) {
        break;
      }
      if (earlier > origin || unusual[earlier]) {
        continue;
      }
      double quantity = history.quantity(item, earlier);
      if (!Double.isNaN(quantity)) {
        sum += weight * Math.log1p(quantity);
        weights += weight;
        weight *= DECAY;
        found++;
      }
    }
    return found > 0 ? sum / weights : recent(item, origin);
  }

  private double recent(int item, int origin) {
    double sum = 0;
    int found = 0;
    for (int back = 0; back < FALLBACK_DAYS && found < FALLBACK_COUNT; back++) {
      double quantity = history.quantity(item, origin - back);
      if (!Double.isNaN(quantity)) {
        sum += Math.log1p(quantity);
        found++;
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }

  /** Tells how far a day was off the level, or NaN. */
  double residual(int item, int day) {
    return day < 0 ? Double.NaN : residuals[item][day];
  }

  /** Tells how far a day was off the level on the mean of the items, or NaN. */
  double siteResidual(int day) {
    return day < 0 ? Double.NaN : siteResiduals[day];
  }
}
