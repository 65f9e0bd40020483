package dev.segue.plugins.menumodels.changes;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A proposed promotion. Amounts are in the site's currency.
 *
 * @param id the item and the first day
 * @param itemId the item
 * @param item what people call it
 * @param price what it costs guests now
 * @param discount share of the price taken off, 0 to 1
 * @param mostDiscount the most that an approver may make of it
 * @param startsOn the first day
 * @param endsOn the last day
 * @param reason why, in business words
 * @param effect what is expected, in business words
 * @param units by how many units the demand of its days is expected to rise
 * @param margin by how much their margin is
 */
public record PromotionProposal(
    @Field(title = "Promotion", minLength = 1, maxLength = 200) String id,
    @Field(title = "Item", minLength = 1, maxLength = 200) String itemId,
    @Field(title = "Name", minLength = 1, maxLength = 200) String item,
    @Field(title = "Price now", min = 0) BigDecimal price,
    @Field(title = "Discount", help = "Share of the price, such as 0.2.", min = 0, max = 1)
        BigDecimal discount,
    @Field(title = "Highest discount allowed", min = 0, max = 1) BigDecimal mostDiscount,
    @Field(title = "First day") LocalDate startsOn,
    @Field(title = "Last day") LocalDate endsOn,
    @Field(title = "Reason") String reason,
    @Field(title = "Expected effect") String effect,
    @Field(title = "Change in units") BigDecimal units,
    @Field(title = "Change in margin") BigDecimal margin) {}
