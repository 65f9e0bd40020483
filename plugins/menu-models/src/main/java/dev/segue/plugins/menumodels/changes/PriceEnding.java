package dev.segue.plugins.menumodels.changes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** On which last digit prices end. */
public enum PriceEnding {
  /** On 0, such as 9.50. */
  ZERO(10, 0),
  /** On 0 or 5, such as 9.55. */
  ZERO_OR_FIVE(5, 0),
  /** On 9, such as 9.59. */
  NINE(10, 9);

  private final BigInteger span;
  private final BigInteger last;

  PriceEnding(long span, long last) {
    this.span = BigInteger.valueOf(span);
    this.last = BigInteger.valueOf(last);
  }

  /**
   * Finds the highest price with this ending.
   *
   * @param most what it may not exceed
   * @param digits of the currency after the point, 2 for EUR
   * @return the price; negative or zero if there is none above zero
   */
  BigDecimal atMost(BigDecimal most, int digits) {
    BigInteger minor = most.movePointRight(digits).setScale(0, RoundingMode.FLOOR).toBigInteger();
    BigInteger spans = minor.subtract(last);
    BigInteger whole = spans.subtract(spans.mod(span));
    return new BigDecimal(whole.add(last), digits);
  }
}
