package dev.segue.plugins.menumodels.changes;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How an item is offered on the day on which proposals would begin.
 *
 * @param price the price of that day
 * @param unitCost what one unit costs to make
 * @param priceSince the day of the newest entry in the price list, or empty if there is none
 * @param promotedUntil the last day of its latest promotion, or empty if it had none
 */
public record Offer(
    BigDecimal price,
    BigDecimal unitCost,
    Optional<LocalDate> priceSince,
    Optional<LocalDate> promotedUntil) {}
