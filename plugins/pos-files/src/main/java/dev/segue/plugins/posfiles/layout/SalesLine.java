package dev.segue.plugins.posfiles.layout;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * What one line of a file says.
 *
 * @param order the order's number
 * @param line the line's number within the order
 * @param item the item's id
 * @param itemName the item as guests know it
 * @param category the item's group; may be empty
 * @param orderedAt when
 * @param quantity how many, negative for a return; scale 3
 * @param unitPrice the price of one; scale 4
 * @param amount what was paid for the line; scale 4
 * @param currency of price and amount
 * @param channel where it was sold; may be empty
 */
public record SalesLine(
    String order,
    String line,
    String item,
    String itemName,
    String category,
    Instant orderedAt,
    BigDecimal quantity,
    BigDecimal unitPrice,
    BigDecimal amount,
    Currency currency,
    String channel) {}
