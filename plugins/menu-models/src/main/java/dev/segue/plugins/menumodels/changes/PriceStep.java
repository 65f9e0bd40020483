package dev.segue.plugins.menumodels.changes;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A proposed price. Amounts are in the site's currency.
 *
 * @param itemId the item
 * @param item what people call it
 * @param from the price now
 * @param to the price proposed
 * @param lowest the least that an approver may make of it
 * @param highest the most
 * @param startsOn the first day of the new price
 * @param reason why, in business words
 * @param effect what is expected, in business words
 * @param units by how many units the demand of the forecast's days is expected to change
 * @param margin by how much their margin is
 */
public record PriceStep(
    @Field(title = "Item", minLength = 1, maxLength = 200) String itemId,
    @Field(title = "Name", minLength = 1, maxLength = 200) String item,
    @Field(title = "Price now", min = 0) BigDecimal from,
    @Field(title = "Price proposed", min = 0) BigDecimal to,
    @Field(title = "Lowest price allowed", min = 0) BigDecimal lowest,
    @Field(title = "Highest price allowed", min = 0) BigDecimal highest,
    @Field(title = "First day") LocalDate startsOn,
    @Field(title = "Reason") String reason,
    @Field(title = "Expected effect") String effect,
    @Field(title = "Change in units") BigDecimal units,
    @Field(title = "Change in margin") BigDecimal margin) {}
