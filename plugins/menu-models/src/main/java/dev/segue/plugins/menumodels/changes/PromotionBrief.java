package dev.segue.plugins.menumodels.changes;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * As much of a promotion as whoever writes its texts needs.
 *
 * @param id the promotion
 * @param item what people call the item
 * @param discount share of the price taken off, 0 to 1
 * @param startsOn the first day
 * @param endsOn the last day
 * @param reason why, in business words
 */
public record PromotionBrief(
    @Field(title = "Promotion") String id,
    @Field(title = "Item") String item,
    @Field(title = "Discount", min = 0, max = 1) BigDecimal discount,
    @Field(title = "First day") LocalDate startsOn,
    @Field(title = "Last day") LocalDate endsOn,
    @Field(title = "Reason") String reason) {

  /** Shortens a proposal. */
  public static PromotionBrief of(PromotionProposal proposal) {
    return new PromotionBrief(
        proposal.id(),
        proposal.item(),
        proposal.discount(),
        proposal.startsOn(),
        proposal.endsOn(),
        proposal.reason());
  }
}
