package dev.segue.plugins.menumodels.changes;

import dev.segue.plugins.menumodels.matrix.MenuClass;
import java.math.BigDecimal;

/**
 * An item of the menu matrix with its outlook.
 *
 * @param itemId its id
 * @param name what people call it
 * @param place its class in the matrix
 * @param share its share of the units sold, 0 to 1
 * @param margin what one unit contributed in the matrix's window
 * @param dailyUnits how many units a day the forecast expects
 * @param offer its price and cost
 */
public record Candidate(
    String itemId,
    String name,
    MenuClass place,
    BigDecimal share,
    BigDecimal margin,
    BigDecimal dailyUnits,
    Offer offer) {}
