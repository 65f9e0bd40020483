package dev.segue.plugins.content;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * What is to be promoted.
 *
 * @param id of the promotion
 * @param item as guests know it
 * @param discount the share of the price that is taken off
 * @param startsOn first day
 * @param endsOn last day, inclusive
 * @param reason why, in business words; guides a model and isn't shown to guests
 */
record Promotion(
    @Field(title = "Promotion", minLength = 1, maxLength = 200) String id,
    @Field(title = "Item", minLength = 1, maxLength = 200) String item,
    @Field(title = "Discount", help = "Share of the price, such as 0.2.", min = 0.01, max = 1)
        BigDecimal discount,
    @Field(title = "First day") LocalDate startsOn,
    @Field(title = "Last day") LocalDate endsOn,
    @Field(
            title = "Reason",
            help = "Guides a model; guests don't see it.",
            maxLength = 500,
            defaultValue = "-")
        String reason) {

  /** Refuses a promotion that ends before it starts. */
  Promotion {
    if (endsOn.isBefore(startsOn)) {
      throw new IllegalArgumentException(
          "the promotion of " + item + " ends on " + endsOn + ", before it starts: " + startsOn);
    }
  }

  /** The discount in percent, without needless zeros. */
  String percent() {
    BigDecimal percent =
        discount.movePointRight(2).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
    return percent.setScale(Math.max(0, percent.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}
