package dev.segue.plugins.menumodels.demand;

import java.util.List;

/** The simplest forecasts that know of weekdays: what any model has to beat. */
public enum SeasonalNaive implements Forecaster {
  /** As on the last known day of the same weekday. */
  LAST_WEEK("seasonal-naive", 1),
  /** The mean of the last four known days of the same weekday. */
  FOUR_WEEKS("seasonal-average", 4);

  private static final int LOOK_BACK_WEEKS = 9;

  private final String label;
  private final int weeks;

  SeasonalNaive(String label, int weeks) {
    this.label = label;
    this.weeks = weeks;
  }

  /** Tells the method's name as results show it. */
  public String label() {
    return label;
  }

  @Override
  public double[] forecast(List<Target> targets, Origin origin) {
    return targets.stream().mapToDouble(target -> forecast(target, origin)).toArray();
  }

  private double forecast(Target target, Origin origin) {
    int ahead = (target.day() - origin.day() + 6) / 7;
    double sum = 0;
    int found = 0;
    for (int week = ahead; week < ahead + LOOK_BACK_WEEKS && found < weeks; week++) {
      double quantity = origin.quantity(target.item(), target.day() - 7 * week);
      if (!Double.isNaN(quantity)) {
        sum += quantity;
        found++;
      }
    }
    return found > 0 ? sum / found : latest(target.item(), origin);
  }

  private static double latest(int item, Origin origin) {
    for (int back = 0; back < 7 * LOOK_BACK_WEEKS; back++) {
      double quantity = origin.quantity(item, origin.day() - back);
      if (!Double.isNaN(quantity)) {
        return quantity;
      }
    }
    return 0;
  }
}
