package dev.segue.plugins.menumodels.matrix;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The menu matrix of Kasavana and Smith.
 *
 * <p>An item is popular if its share of the units sold is at least 70 % of the even share, 1/n of n
 * items. Its margin is high if what one unit contributes, its mean net price less its cost, is at
 * least the mean over all units sold. Items without a known cost have no place in it, and don't
 * count among n.
 *
 * @param popularShare the share from which an item is popular, 0 to 1, to 4 decimals
 * @param meanMargin the contribution of the average unit, to 4 decimals
 * @param placed the items with their class, the most sold first
 * @param withoutCost items whose cost nobody has said, the most sold first
 */
public record MenuMatrix(
    BigDecimal popularShare,
    BigDecimal meanMargin,
    List<PlacedItem> placed,
    List<SoldItem> withoutCost) {

  private static final BigDecimal POPULARITY = new BigDecimal("0.70");
  private static final int DECIMALS = 4;

  /** Copies the lists. */
  public MenuMatrix {
    placed = List.copyOf(placed);
    withoutCost = List.copyOf(withoutCost);
  }

  /**
   * An item in its place.
   *
   * @param item what was sold
   * @param place its class
   * @param share its share of the units sold of all items with a cost, 0 to 1, to 4 decimals
   * @param unitMargin what one unit contributes, to 4 decimals; may be negative
   */
  public record PlacedItem(
      SoldItem item, MenuClass place, BigDecimal share, BigDecimal unitMargin) {}

  /**
   * Sorts items into the matrix.
   *
   * @param sold the items; those of which nothing was sold are left out
   * @return the matrix; empty if no item with a cost was sold
   */
  public static MenuMatrix of(List<SoldItem> sold) {
    List<SoldItem> ranked =
        sold.stream()
            .filter(item -> item.quantity().signum() > 0)
            .sorted(Comparator.comparing(SoldItem::quantity).reversed().thenComparing(SoldItem::id))
            .toList();
    List<SoldItem> costed = ranked.stream().filter(item -> item.unitCost().isPresent()).toList();
    List<SoldItem> others = ranked.stream().filter(item -> item.unitCost().isEmpty()).toList();
    if (costed.isEmpty()) {
      return new MenuMatrix(BigDecimal.ZERO, BigDecimal.ZERO, List.of(), others);
    }
    BigDecimal units = sum(costed, SoldItem::quantity);
    BigDecimal mean = sum(costed, MenuMatrix::contribution).divide(units, MathContext.DECIMAL64);
    BigDecimal popular =
        POPULARITY.divide(BigDecimal.valueOf(costed.size()), MathContext.DECIMAL64);
    List<PlacedItem> placed = new ArrayList<>();
    for (SoldItem item : costed) {
      BigDecimal share = item.quantity().divide(units, MathContext.DECIMAL64);
      BigDecimal margin =
          rounded(contribution(item).divide(item.quantity(), MathContext.DECIMAL64));
      MenuClass place =
          MenuClass.of(share.compareTo(popular) >= 0, margin.compareTo(rounded(mean)) >= 0);
      placed.add(new PlacedItem(item, place, rounded(share), margin));
    }
    return new MenuMatrix(rounded(popular), rounded(mean), placed, others);
  }

  private static BigDecimal contribution(SoldItem item) {
    BigDecimal cost = item.unitCost().orElse(BigDecimal.ZERO);
    return item.revenue().subtract(cost.multiply(item.quantity()));
  }

  private static BigDecimal sum(List<SoldItem> items, Function<SoldItem, BigDecimal> part) {
    return items.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
