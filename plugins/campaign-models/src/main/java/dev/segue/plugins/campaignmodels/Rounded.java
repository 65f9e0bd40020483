package dev.segue.plugins.campaignmodels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Computed figures as people and forms read them. */
final class Rounded {

  private static final MathContext FOUR = new MathContext(4, RoundingMode.HALF_UP);

  private Rounded() {}

  /** Four significant digits, as rates need. */
  static BigDecimal rate(double value) {
    return plain(new BigDecimal(value).round(FOUR));
  }

  /** So many digits after the point. */
  static BigDecimal to(int digits, double value) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP);
  }

  /** A share in percent with one digit, such as {@code 12.5}. */
  static String percent(double share) {
    return to(1, 100 * share).toPlainString();
  }

  private static BigDecimal plain(BigDecimal value) {
    return new BigDecimal(value.toPlainString());
  }
}
