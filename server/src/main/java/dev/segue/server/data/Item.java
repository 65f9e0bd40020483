package dev.segue.server.data;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Something that a site sells.
 *
 * @param price what one unit sells for; null where nobody has said
 * @param unitCost what one unit costs to make; null where nobody has said
 * @param version counts the edits
 */
record Item(
    String site,
    String id,
    String name,
    String category,
    @Nullable BigDecimal price,
    @Nullable BigDecimal unitCost,
    String currency,
    boolean active,
    int version) {

  Item {
    price = price == null ? null : plain(price);
    unitCost = unitCost == null ? null : plain(unitCost);
  }

  /** Whether both say the same, whatever their versions. */
  boolean saysTheSameAs(Item other) {
    return withVersion(0).equals(other.withVersion(0));
  }

  Item withVersion(int other) {
    return new Item(site, id, name, category, price, unitCost, currency, active, other);
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 2 ? stripped.setScale(2) : stripped;
  }
}
