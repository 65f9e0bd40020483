package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Everything that was known at the end of one day, and nothing else: asking for later sales throws
 * {@link LookAheadException}, later weather and events are not found.
 */
public final class Origin {

  private final DemandHistory history;
  private final Surroundings surroundings;
  private final SeasonalLevel levels;
  private final int day;

  Origin(DemandHistory history, Surroundings surroundings, SeasonalLevel levels, int day) {
    if (day < 0 || day >= history.days()) {
      throw new IllegalArgumentException(
          "day " + day + " is outside a history of " + history.days() + " days");
    }
    this.history = history;
    this.surroundings = surroundings;
    this.levels = levels;
    this.day = day;
  }

  /** Tells the last day that is known. */
  public int day() {
    return day;
  }

  /** Turns a day into its date. */
  public LocalDate date(int any) {
    return history.date(any);
  }

  /** Turns a date into its day. */
  public int day(LocalDate date) {
    return history.day(date);
  }

  /** Tells the demand of an item on a known day, or NaN. */
  public double quantity(int item, int any) {
    refuseLater(any);
    return history.quantity(item, any);
  }

  /** Tells whether an item is on the menu. */
  public boolean onOffer(int item) {
    return history.onOffer(item, day);
  }

  /** Tells the usual level of any day from what is known now. */
  double level(int item, int any) {
    return levels.level(item, any, day);
  }

  double residual(int item, int any) {
    refuseLater(any);
    return levels.residual(item, any);
  }

  double siteResidual(int any) {
    refuseLater(any);
    return levels.siteResidual(any);
  }

  /** Means the residuals of an item over the last known days, or NaN. */
  double meanResidual(int item, int days) {
    return mean(days, back -> levels.residual(item, day - back));
  }

  /** Means the site's residuals over the last known days, or NaN. */
  double meanSiteResidual(int days) {
    return mean(days, back -> levels.siteResidual(day - back));
  }

  Optional<Occasion> holiday(int any) {
    return surroundings.holiday(history.date(any));
  }

  Optional<Occasion> event(int any) {
    return surroundings.event(history.date(any), history.date(day));
  }

  boolean bridge(int any) {
    return surroundings.bridge(history.date(any));
  }

  Optional<Weather> weather(int any) {
    return surroundings.weather(history.date(any), history.date(day));
  }

  /**
   * Tells how far an item was off its level on earlier days of an occasion.
   *
   * @param limit looks at no more than so many days
   * @return the mean residual, or NaN if the occasion was never seen
   */
  double effectOf(Occasion occasion, int item, int limit) {
    double sum = 0;
    int found = 0;
    for (Occasion other : surroundings.days(occasion.name())) {
      int earlier = history.day(other.day());
      if (earlier < 0 || earlier > day || found == limit) {
        continue;
      }
      double residual = levels.residual(item, earlier);
      if (!Double.isNaN(residual)) {
        sum += residual;
        found++;
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }

  private static double mean(int days, IntToDoubleFunction value) {
    double sum = 0;
    int count = 0;
    for (int back = 0; back < days; back++) {
      double each = value.applyAsDouble(back);
      if (!Double.isNaN(each)) {
        sum += each;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private void refuseLater(int any) {
    if (any > day) {
      throw new LookAheadException(
          "sales of "
              + date(any)
              + " were asked for, but only those up to "
              + date(day)
              + " are known");
    }
  }
}
