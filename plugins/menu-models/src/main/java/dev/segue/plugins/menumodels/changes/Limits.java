package dev.segue.plugins.menumodels.changes;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How far proposals may go, and what they assume of guests. Shares are 0 to 1.
 *
 * @param mostPriceStep share of a price by which it may change at once
 * @param leastMargin share of a price that must be left after the cost
 * @param priceEnding on which digit prices end
 * @param mostPriceSteps how many prices may change at once
 * @param priceRestDays for how many days a new price is left alone
 * @param mostDiscount share of a price that a promotion may take off
 * @param mostPromotions how many promotions may begin at once
 * @param promotionDays how long one lasts
 * @param promotionRestDays how long an item rests after one
 * @param priceElasticity by how many percent the units fall when a price rises by one
 * @param promotionElasticity by how many percent the units rise per percent of discount
 */
public record Limits(
    BigDecimal mostPriceStep,
    BigDecimal leastMargin,
    PriceEnding priceEnding,
    int mostPriceSteps,
    int priceRestDays,
    BigDecimal mostDiscount,
    int mostPromotions,
    int promotionDays,
    int promotionRestDays,
    BigDecimal priceElasticity,
    BigDecimal promotionElasticity) {

  /** The lowest price that leaves the least margin above a cost. */
  BigDecimal lowestPrice(BigDecimal unitCost, int digits) {
    return unitCost.divide(BigDecimal.ONE.subtract(leastMargin), digits, RoundingMode.CEILING);
  }
}
