package dev.segue.plugins.menumodels.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandHistoryTest {

  private static final LocalDate MONDAY = LocalDate.of(2025, 3, 3);

  private static Sale sale(int day, String item, double quantity) {
    return new Sale(MONDAY.plusDays(day), item, quantity);
  }

  @Test
  void addsUpTheSalesOfADay() {
    DemandHistory history =
        DemandHistory.of(List.of(sale(0, "tea", 2), sale(0, "tea", 3)), Absent.UNKNOWN);

    assertThat(history.quantity(0, 0)).isEqualTo(5);
  }

  @Test
  void countsMoreReturnsThanSalesAsNone() {
    DemandHistory history = DemandHistory.of(List.of(sale(0, "tea", -2)), Absent.UNKNOWN);

    assertThat(history.quantity(0, 0)).isZero();
  }

  @Test
  void takesAnUnsoldItemForZeroWhileItIsOnOfferAndForOffTheMenuLater() {
    List<Sale> sales = new ArrayList<>(List.of(sale(0, "soup", 4)));
    for (int day = 0; day < 60; day++) {
      sales.add(sale(day, "tea", 1));
    }

    DemandHistory history = DemandHistory.of(sales, Absent.ZERO_WHILE_ON_OFFER);

    assertThat(history.quantity(0, DemandHistory.ON_OFFER_DAYS)).isZero();
    assertThat(history.quantity(0, DemandHistory.ON_OFFER_DAYS + 1)).isNaN();
    assertThat(history.onOffer(0, 59)).isFalse();
    assertThat(history.onOffer(1, 59)).isTrue();
  }

  @Test
  void knowsNothingOfAClosedDay() {
    DemandHistory history =
        DemandHistory.of(List.of(sale(0, "tea", 1), sale(2, "tea", 1)), Absent.ZERO_WHILE_ON_OFFER);

    assertThat(history.open(1)).isFalse();
    assertThat(history.quantity(0, 1)).isNaN();
  }

  @Test
  void forgetsWhatIsCutOff() {
    DemandHistory history =
        DemandHistory.of(List.of(sale(0, "tea", 1), sale(5, "tea", 9)), Absent.UNKNOWN).until(3);

    assertThat(history.days()).isEqualTo(4);
    assertThat(history.quantity(0, 5)).isNaN();
    assertThat(history.last()).isEqualTo(MONDAY.plusDays(3));
  }

  @Test
  void hashesEqualHistoriesAlikeAndOthersNot() {
    DemandHistory one = DemandHistory.of(MadeUpSales.sales(30, 1), Absent.UNKNOWN);
    DemandHistory same = DemandHistory.of(MadeUpSales.sales(30, 1), Absent.UNKNOWN);
    DemandHistory other = DemandHistory.of(MadeUpSales.sales(30, 2), Absent.UNKNOWN);

    assertThat(one.sha256()).isEqualTo(same.sha256()).hasSize(64).isNotEqualTo(other.sha256());
  }

  @Test
  void needsSales() {
    assertThatThrownBy(() -> DemandHistory.of(List.of(), Absent.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
