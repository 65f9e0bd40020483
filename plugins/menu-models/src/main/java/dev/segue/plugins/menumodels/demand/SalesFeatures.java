package dev.segue.plugins.menumodels.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Features from earlier sales, mostly as distances from the item's usual level. */
final class SalesFeatures {

  private static final int YEAR = 364;
  private static final int[] WEEK_LAGS = {7, 14, 21, 28, 35};

  private SalesFeatures() {}

  static List<Feature> all() {
    List<Feature> features = new ArrayList<>();
    features.add(known("horizon", (target, origin) -> target.day() - origin.day()));
    features.add(known("level", (target, origin) -> origin.level(target.item(), target.day())));
    for (int lag : WEEK_LAGS) {
      features.add(known("lag." + lag, (target, origin) -> lag(target, origin, lag)));
    }
    for (int back = 0; back < 3; back++) {
      int days = back;
      features.add(
          known(
              "residual." + (back + 1),
              (target, origin) -> origin.residual(target.item(), origin.day() - days)));
    }
    for (int days : new int[] {3, 7, 14, 28}) {
      features.add(
          known(
              "residual.mean." + days,
              (target, origin) -> origin.meanResidual(target.item(), days)));
    }
    features.add(known("site.residual", (target, origin) -> origin.siteResidual(origin.day())));
    for (int days : new int[] {3, 7, 14}) {
      features.add(
          known("site.residual.mean." + days, (target, origin) -> origin.meanSiteResidual(days)));
    }
    for (int percent : new int[] {20, 50, 80}) {
      features.add(
          known(
              "weekday.quantile." + percent,
              (target, origin) -> weekdayQuantile(target, origin, percent / 100.0)));
    }
    features.add(known("year.change", SalesFeatures::changeLastYear));
    features.add(known("year.residual", SalesFeatures::residualLastYear));
    features.add(known("spread", SalesFeatures::spread));
    return features;
  }

  private static Feature known(String name, Feature.Formula formula) {
    return new Feature(name, Known.AT_ORIGIN, formula);
  }

  private static double lag(Target target, Origin origin, int lag) {
    int day = target.day() - lag;
    if (day > origin.day()) {
      return Double.NaN;
    }
    return Math.log1p(origin.quantity(target.item(), day))
        - origin.level(target.item(), target.day());
  }

  /** A quantile of the last eight known days of the same weekday, as a distance from the level. */
  private static double weekdayQuantile(Target target, Origin origin, double share) {
    double[] found = new double[8];
    int count = 0;
    for (int day = target.day() - 7; day >= 0 && count < found.length; day -= 7) {
      if (day <= origin.day() && target.day() - day <= 7 * 16) {
        double quantity = origin.quantity(target.item(), day);
        if (!Double.isNaN(quantity)) {
          found[count++] = Math.log1p(quantity);
        }
      }
    }
    if (count < 4) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (count - 1))]
        - origin.level(target.item(), target.day());
  }

  /** How the week around this day a year ago stood to the four weeks before it. */
  private static double changeLastYear(Target target, Origin origin) {
    int center = target.day() - YEAR;
    if (center + 3 > origin.day()) {
      return Double.NaN;
    }
    double around = meanLog(target.item(), origin, center - 3, center + 3, 4);
    return around - meanLog(target.item(), origin, center - 34, center - 7, 11);
  }

  private static double residualLastYear(Target target, Origin origin) {
    int day = target.day() - YEAR;
    return day > origin.day() ? Double.NaN : origin.residual(target.item(), day);
  }

  /** How much the residuals of the last four weeks vary: their standard deviation. */
  private static double spread(Target target, Origin origin) {
    double mean = origin.meanResidual(target.item(), 28);
    double sum = 0;
    int count = 0;
    for (int back = 0; back < 28; back++) {
      double residual = origin.residual(target.item(), origin.day() - back);
      if (!Double.isNaN(residual)) {
        sum += (residual - mean) * (residual - mean);
        count++;
      }
    }
    return count < 7 ? Double.NaN : Math.sqrt(sum / count);
  }

  private static double meanLog(int item, Origin origin, int from, int to, int least) {
    double sum = 0;
    int count = 0;
    for (int day = Math.max(0, from); day <= to; day++) {
      double quantity = origin.quantity(item, day);
      if (!Double.isNaN(quantity)) {
        sum += Math.log1p(quantity);
        count++;
      }
    }
    return count < least ? Double.NaN : sum / count;
  }
}
