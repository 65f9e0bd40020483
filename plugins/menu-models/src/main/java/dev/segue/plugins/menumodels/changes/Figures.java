package dev.segue.plugins.menumodels.changes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * Rounds amounts and puts figures into words.
 *
 * @param currency of all amounts
 */
public record Figures(Currency currency) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Digits after the point of a price. */
  int digits() {
    return Math.max(0, currency.getDefaultFractionDigits());
  }

  BigDecimal rounded(BigDecimal amount) {
    return amount.setScale(digits(), RoundingMode.HALF_UP);
  }

  /** Such as {@code 9.50 EUR}. */
  public String money(BigDecimal amount) {
    return rounded(amount).toPlainString() + " " + currency.getCurrencyCode();
  }

  /** Such as {@code 12.5 %} for 0.125. */
  public static String percent(BigDecimal share) {
    BigDecimal percent =
        share.multiply(HUNDRED).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
    return percent.toPlainString() + " %";
  }

  static String units(BigDecimal units) {
    return units.setScale(0, RoundingMode.HALF_UP).toPlainString();
  }
}
