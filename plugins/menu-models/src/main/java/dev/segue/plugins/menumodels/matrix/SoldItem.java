package dev.segue.plugins.menumodels.matrix;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What was sold of an item within the window.
 *
 * @param id the item's id
 * @param name what people call it
 * @param category its part of the menu
 * @param quantity units sold
 * @param revenue net amount over all units
 * @param unitCost what one unit costs to make, or empty if nobody has said
 */
public record SoldItem(
    String id,
    String name,
    String category,
    BigDecimal quantity,
    BigDecimal revenue,
    Optional<BigDecimal> unitCost) {}
