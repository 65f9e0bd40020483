package dev.segue.plugins.menumodels.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MenuMatrixTest {

  private static SoldItem item(String id, String quantity, String revenue, String cost) {
    return new SoldItem(
        id,
        id,
        "",
        new BigDecimal(quantity),
        new BigDecimal(revenue),
        Optional.ofNullable(cost).map(BigDecimal::new));
  }

  /**
   * By hand: 1000 units, popular from 0.7/4 = 17.5 % on; margins 6, 3, 8 and 2; contribution 420 x
   * 6 + 360 x 3 + 120 x 8 + 100 x 2 = 4760, so 4.76 per unit.
   */
  @Test
  void sortsItemsAsKasavanaAndSmithDo() {
    MenuMatrix matrix =
        MenuMatrix.of(
            List.of(
                item("salad", "100", "600", "4"),
                item("steak", "120", "2400", "12"),
                item("burger", "360", "3240", "6"),
                item("pasta", "420", "4200", "4")));

    assertThat(matrix.popularShare()).isEqualByComparingTo("0.175");
    assertThat(matrix.meanMargin()).isEqualByComparingTo("4.76");
    assertThat(matrix.placed())
        .extracting(placed -> placed.item().id(), MenuMatrix.PlacedItem::place)
        .containsExactly(
            tuple("pasta", MenuClass.STAR),
            tuple("burger", MenuClass.PLOW_HORSE),
            tuple("steak", MenuClass.PUZZLE),
            tuple("salad", MenuClass.DOG));
    assertThat(matrix.placed().getFirst().share()).isEqualByComparingTo("0.42");
    assertThat(matrix.placed().getFirst().unitMargin()).isEqualByComparingTo("6");
  }

  @Test
  void countsAnItemOnTheLineAsPopularAndOfHighMargin() {
    MenuMatrix matrix =
        MenuMatrix.of(List.of(item("a", "65", "130", "1"), item("b", "35", "70", "1")));

    assertThat(matrix.placed())
        .extracting(MenuMatrix.PlacedItem::place)
        .containsExactly(MenuClass.STAR, MenuClass.STAR);
  }

  @Test
  void reportsItemsWithoutACostApartAndDoesNotCountThem() {
    MenuMatrix matrix =
        MenuMatrix.of(List.of(item("soup", "900", "4500", null), item("tea", "10", "30", "1")));

    assertThat(matrix.withoutCost()).extracting(SoldItem::id).containsExactly("soup");
    assertThat(matrix.placed()).hasSize(1);
    assertThat(matrix.placed().getFirst().share()).isEqualByComparingTo("1");
    assertThat(matrix.popularShare()).isEqualByComparingTo("0.7");
  }

  @Test
  void leavesOutWhatWasNotSold() {
    MenuMatrix matrix =
        MenuMatrix.of(List.of(item("tea", "0", "0", "1"), item("pie", "-1", "-3", "1")));

    assertThat(matrix.placed()).isEmpty();
    assertThat(matrix.withoutCost()).isEmpty();
  }
}
