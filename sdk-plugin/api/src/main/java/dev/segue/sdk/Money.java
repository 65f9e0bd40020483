package dev.segue.sdk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount in a currency. In JSON: {@code {"amount": "9.50", "currency": "EUR"}}, the amount as a
 * string so that no reader rounds it.
 *
 * @param amount any sign and scale
 * @param currency the ISO 4217 currency
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

  /**
   * Makes an amount from text.
   *
   * @param amount as for {@link BigDecimal#BigDecimal(String)}
   * @param currencyCode an ISO 4217 code such as {@code EUR}
   * @return the amount
   * @throws IllegalArgumentException if either cannot be read
   */
  public static Money of(String amount, String currencyCode) {
    return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
  }

  /**
   * Adds an amount of the same currency.
   *
   * @param other the amount to add
   * @return the sum
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    return new Money(amount.add(sameCurrency(other).amount), currency);
  }

  /**
   * Takes off an amount of the same currency.
   *
   * @param other the amount to take off
   * @return the difference
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money minus(Money other) {
    return new Money(amount.subtract(sameCurrency(other).amount), currency);
  }

  /**
   * Multiplies without rounding.
   *
   * @param factor any number
   * @return the product, with as many digits as it needs
   */
  public Money times(BigDecimal factor) {
    return new Money(amount.multiply(factor), currency);
  }

  /**
   * Rounds half up to the currency's minor unit, such as two digits for EUR.
   *
   * @return the rounded amount
   */
  public Money rounded() {
    return new Money(
        amount.setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_UP),
        currency);
  }

  /**
   * Compares the amounts.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  @Override
  public int compareTo(Money other) {
    return amount.compareTo(sameCurrency(other).amount);
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency.getCurrencyCode();
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "amounts in " + currency + " and " + other.currency + " do not mix");
    }
    return other;
  }
}
